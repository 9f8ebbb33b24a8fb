/** The bench: what a text or a file would set off, while it is typed and while lists change. */

import { Trouble } from '../api.js';
import { check, forget } from '../checking.js';
import { element, need, word } from '../dom.js';
import { showAnswer, showLooking, showTrouble } from '../result.js';
import { acceptDrops, rested } from './page.js';

/** @type {File[]} */
let files = [];
let running = new AbortController();
const text = /** @type {HTMLTextAreaElement} */ (need('#bench-text'));
const channel = /** @type {HTMLSelectElement} */ (need('#bench-channel'));
const site = /** @type {HTMLInputElement} */ (need('#bench-site'));
const panel = need('#bench-result');
const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/i;

/** Make the bench work; return what checks again, to be called when a list has changed. */
export function openBench() {
  const soon = rested(checkNow);
  for (const one of [text, channel, site]) one.addEventListener('input', soon);
  const input = /** @type {HTMLInputElement} */ (need('#bench-files'));
  input.addEventListener('change', () => {
    attach([...(input.files ?? [])]);
    input.value = '';
  });
  acceptDrops(need('#bench'), attach);
  text.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    attach(pasted);
  });
  // Another window may have changed a list meanwhile.
  document.addEventListener('visibilitychange', () => { if (!document.hidden) soon(); });
  return checkNow;
}

/** @param {File[]} more */
function attach(more) {
  files = [...files, ...more];
  showFiles();
  checkNow();
}

function showFiles() {
  need('#bench-attached').replaceChildren(...files.map((file) => {
    const remove = element('button', { type: 'button', class: 'quiet', 'aria-label': word('remove', { name: file.name }) }, '×');
    remove.addEventListener('click', () => {
      forget(file);
      files = files.filter((other) => other !== file);
      showFiles();
      checkNow();
      text.focus();
    });
    return element('li', {}, element('span', {}, file.name), remove);
  }));
}

async function checkNow() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const draft = { text: text.value, files, kind: channel.value, site: HOST.test(site.value.trim()) ? site.value.trim() : '' };
  if (draft.text.trim() === '' && files.length === 0) {
    panel.hidden = true;
    return;
  }
  showLooking(panel);
  try {
    await check(draft, (answer) => {
      if (signal.aborted) return;
      showAnswer(panel, draft.text, answer, why);
      panel.append(...observed(answer.verdict));
    }, signal);
  } catch (trouble) {
    if (signal.aborted) return;
    if (!(trouble instanceof Trouble)) throw trouble;
    showTrouble(panel, trouble.message);
  }
}

/** @param {import('../highlight.js').Finding} finding */
function why({ rule, score, category }) {
  return [element('p', { class: 'hint rule' }, word('why_line', { rule, score, category: word(`category_${category}`) }))];
}

/**
 * What lists that only count would have asked about.
 * @param {import('../highlight.js').Verdict} verdict
 */
function observed({ observed: seen = [] }) {
  if (seen.length === 0) return [];
  const items = seen.map(({ title, reason }) => element('li', { 'data-level': 'note' }, element('p', { class: 'finding-title' }, title), element('p', {}, reason)));
  return [element('p', { class: 'hint' }, word('bench_observed')), element('ul', { class: 'findings', id: 'bench-observed' }, ...items)];
}
