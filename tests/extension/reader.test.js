/** The reader has the words that the editor itself has, for the structure of each editor. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from './world.js';

const ZERO_WIDTH = '<span data-slate-zero-width="n" data-slate-length="0">\uFEFF<br></span>';

/** @type {[editor: string, box: string, text: string][]} */
const BOXES = [
  ['plain contenteditable, typed in Chromium', 'first<div>second</div><div><br></div><div>fourth</div>', 'first\nsecond\n\nfourth'],
  ['plain contenteditable, emptied', '<br>', ''],
  ['plain contenteditable with soft breaks', 'one<br>two<br>', 'one\ntwo'],
  ['Lexical', '<p><span data-lexical-text="true">one</span></p><p><br></p><p><span data-lexical-text="true">three</span></p>', 'one\n\nthree'],
  ['Lexical with a line break inside a paragraph', '<p><span>one</span><br><span>two</span></p>', 'one\ntwo'],
  ['ProseMirror', '<p>one</p><p><br class="ProseMirror-trailingBreak"></p><p>three</p>', 'one\n\nthree'],
  ['ProseMirror, empty', '<p data-placeholder="Ask"><br class="ProseMirror-trailingBreak"></p>', ''],
  ['Draft.js', `<div data-contents="true">${['one', 'two'].map((line) => `<div data-block="true"><div class="public-DraftStyleDefault-block">
<span data-offset-key="a"><span data-text="true">${line}</span></span></div></div>`).join('')}</div>`.replaceAll('\n', ''), 'one\ntwo'],
  ['Draft.js with an empty line', `<div data-contents="true"><div data-block="true"><div><span><span data-text="true">one</span></span></div></div>
<div data-block="true"><div><span><br data-text="true"></span></div></div><div data-block="true"><div><span><span data-text="true">three</span></span></div></div></div>`.replaceAll('\n', ''), 'one\n\nthree'],
  ['Quill', '<p>one</p><p><br></p><p>three</p>', 'one\n\nthree'],
  ['Slate', `<div data-slate-node="element"><span data-slate-node="text"><span data-slate-string="true">one</span></span></div>
<div data-slate-node="element"><span data-slate-node="text">${ZERO_WIDTH}</span></div>`.replaceAll('\n', ''), 'one\n'],
  ['Slate, empty, with its placeholder', `<div data-slate-node="element"><span data-slate-node="text"><span data-slate-placeholder="true" contenteditable="false">What is new?</span>${ZERO_WIDTH}</span></div>`, ''],
  ['a list', '<ul><li>one</li><li>two</li></ul>', 'one\ntwo'],
  ['a mention in the middle of a line', '<p>Hi <span contenteditable="false">@an</span>, see you</p>', 'Hi @an, see you'],
  ['emoji and Chinese', '<p>绝密★30年 🚀</p>', '绝密★30年 🚀'],
  ['zero-width spaces', '<p>top\u200Bsecret</p>', 'topsecret'],
];

for (const [editor, html, text] of BOXES) {
  test(`it reads ${editor}`, () => {
    const { window, noun } = page(`<div id="box" contenteditable="true" style="white-space: pre-wrap">${html}</div>`, ['nodes', 'reader']);
    assert.equal(noun('reader').read(window.document.getElementById('box')).text, text);
  });
}

test('it reads a textarea by its value', () => {
  const { window, noun } = page('<textarea id="box"></textarea>', ['nodes', 'reader']);
  const box = window.document.getElementById('box');
  box.value = 'one\ntwo';
  assert.equal(noun('reader').read(box).text, 'one\ntwo');
});

test('it leaves out white space that only lays out the source', () => {
  const { window, noun } = page('<div id="box" contenteditable="true">\n  <p>one</p>\n  <p>two</p>\n</div>', ['nodes', 'reader']);
  assert.equal(noun('reader').read(window.document.getElementById('box')).text, 'one\ntwo');
});

test('every span of the text leads back to its very words', () => {
  const { window, noun } = page('<div id="box" contenteditable="true"><p>the \u200B<b>top</b> secret</p><p>plan</p></div>', ['nodes', 'reader']);
  const reading = noun('reader').read(window.document.getElementById('box'));
  for (const word of ['the', 'top', 'top secret', 'plan']) {
    const start = reading.text.indexOf(word);
    assert.equal(noun('reader').range(reading, start, start + word.length).toString(), word);
  }
});

test('boxes that are sent together are read together, and their places hold', () => {
  const { window, noun } = page('<div contenteditable="true"><p>one</p></div><div contenteditable="true"><p>two</p></div>', ['nodes', 'reader']);
  const reading = noun('reader').readAll([...window.document.querySelectorAll('div')]);
  assert.equal(reading.text, 'one\n\ntwo');
  assert.equal(noun('reader').range(reading, 5, 8).toString(), 'two');
});
