/** The try page: two composers that send nothing, and the page's own check where the extension is not paired. */

import { inSession, Trouble } from './api.js';
import { check, forget } from './checking.js';
import { Composer } from './composer.js';
import { element, need, say, word } from './dom.js';
import { presence, watchExtension } from './extension.js';
import { pictureOf } from './previews.js';
import { showAnswer, showLooking, showTrouble } from './result.js';
import { drawPage } from './sample.js';

const REST_MS = 250;

/** Whether this page asks the server itself. */
function asksItself() {
  return inSession && !presence().paired;
}

/** @param {import('./extension.js').Presence} presence */
function showMode({ version, paired }) {
  const mode = need('#mode');
  const { extension, unpaired, page, none } = mode.dataset;
  const alone = inSession ? (version ? unpaired : page) : none;
  say(mode, (paired ? extension : alone) ?? '');
  need('#to-welcome').hidden = paired;
  if (paired) for (const panel of document.querySelectorAll('.result')) panel.toggleAttribute('hidden', true);
}

/** @param {Composer} composer */
function sendOnThisPage(composer) {
  if (composer.isEmpty) return composer.box.focus();
  const feed = need(`[data-secondlook-feed="${composer.kind}"]`);
  const item = element('li', { 'data-secondlook-sent': '' }, element('p', { class: 'hint' }, word('sent_post')));
  if (composer.text.trim()) item.append(element('p', { class: 'copy' }, composer.text));
  for (const file of composer.files) item.append(pictureOf(file));
  if (composer.kind === 'ai') feed.append(item);
  else feed.prepend(item);
  composer.clear();
  composer.box.focus();
}

/** @param {Composer} composer */
function checkWhileWriting(composer) {
  const panel = need(`[data-result="${composer.kind}"]`);
  let running = new AbortController();
  let timer = 0;
  /** @type {File[]} */
  let attached = [];
  composer.addEventListener('change', () => {
    clearTimeout(timer);
    running.abort();
    for (const file of attached) if (!composer.files.includes(file)) forget(file);
    attached = composer.files;
    if (composer.isEmpty || !asksItself()) {
      panel.hidden = true;
      return;
    }
    running = new AbortController();
    const { signal } = running;
    timer = setTimeout(() => checkNow(composer, panel, signal), REST_MS);
  });
}

/**
 * @param {Composer} composer
 * @param {HTMLElement} panel
 * @param {AbortSignal} signal
 */
async function checkNow(composer, panel, signal) {
  const draft = { text: composer.text, files: composer.files, kind: composer.kind };
  showLooking(panel);
  try {
    await check(draft, (answer) => {
      if (!signal.aborted) showAnswer(panel, draft.text, answer);
    }, signal);
  } catch (trouble) {
    if (signal.aborted) return;
    if (!(trouble instanceof Trouble)) throw trouble;
    showTrouble(panel, trouble.message);
  }
}

/** @param {Map<string, Composer>} composers */
function enableExamples(composers) {
  for (const button of document.querySelectorAll('button[data-example-for]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.addEventListener('click', () => insert(button.dataset, composers));
  }
}

/**
 * @param {DOMStringMap} data
 * @param {Map<string, Composer>} composers
 */
async function insert(data, composers) {
  const composer = composers.get(data.exampleFor ?? '');
  if (!composer) return;
  if (data.example !== undefined) composer.write(data.example);
  else composer.attach([await drawPage({ marking: data.marking ?? '', title: data.title ?? '', line: data.line ?? '' })]);
}

const composers = new Map([['post', new Composer('post')], ['ai', new Composer('ai')]]);
for (const composer of composers.values()) {
  composer.addEventListener('send', () => sendOnThisPage(composer));
  checkWhileWriting(composer);
}
enableExamples(composers);
watchExtension(showMode);
