/** Where marks begin and end, run by test_scripts.py with Node's own test runner. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { boxesOn, loudest, runs } from '../../../backend/web/static/highlight.js';

/**
 * @param {string} level
 * @param {...import('../../../backend/web/static/highlight.js').Place} places
 */
function finding(level, ...places) {
  return { rule: 'r', category: 'marking', level, score: 90, title: level, reason: '', advice: '', places, remedies: [] };
}

test('a text without findings is one unmarked run', () => {
  assert.deepEqual(runs('quiet', []), [{ text: 'quiet', level: '' }]);
});

test('an empty text has no runs', () => {
  assert.deepEqual(runs('', []), []);
});

test('offsets count UTF-16 units, so a smiley before the words moves nothing', () => {
  const text = '😀 机密★10年 ok';
  const marked = runs(text, [finding('stop', { part: 'text', start: 3, end: 9 })]);
  assert.deepEqual(marked, [
    { text: '😀 ', level: '' }, { text: '机密★10年', level: 'stop' }, { text: ' ok', level: '' },
  ]);
});

test('where findings overlap the loudest gives the mark, and the text stays whole', () => {
  const marked = runs('abcdef', [
    finding('note', { part: 'text', start: 0, end: 4 }), finding('stop', { part: 'text', start: 2, end: 5 }),
  ]);
  assert.deepEqual(marked, [{ text: 'ab', level: 'note' }, { text: 'cde', level: 'stop' }, { text: 'f', level: '' }]);
});

test('places beyond the text, or in other parts, mark nothing', () => {
  const marked = runs('abc', [
    finding('stop', { part: 'text', start: 9, end: 12 }, { part: 'text', start: 2, end: 1 }),
    finding('stop', { part: 'file', start: 0, end: 2 }, { part: 'text' }),
  ]);
  assert.deepEqual(marked, [{ text: 'abc', level: '' }]);
});

test('a box belongs to its own file', () => {
  const findings = [finding('warn', { part: 'a', box: [1, 2, 3, 4] }, { part: 'b', box: [5, 6, 7, 8] }, { part: 'a' })];
  assert.deepEqual(boxesOn('a', findings), [{ level: 'warn', title: 'warn', box: [1, 2, 3, 4] }]);
});

test('the loudest level wins, none gives none', () => {
  assert.equal(loudest(['note', 'stop', 'warn']), 'stop');
  assert.equal(loudest([]), '');
});
