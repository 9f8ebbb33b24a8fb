/** A file with terms: sent, looked at with its line numbers, then applied; it can be cancelled at any time. */

import { ask, Trouble } from '../api.js';
import { element, need, word } from '../dom.js';
import { meanings } from './common.js';
import { conditions } from './fields.js';
import { button, day, during, number } from './page.js';

const WAIT_SECONDS = 1;
const SHOWN = 200;

/**
 * @typedef {{ id: string, name: string, state: string, done: number, total: number, understood: number, not_understood: number,
 *   duplicates: number, problems: any[], repeated: any[], ignored: string[], everyday: any[], everyday_count: number,
 *   sample: any[], message: string, same?: number, differing?: number, result?: any }} Import
 */
/** @typedef {{ id: string, version: number } | null} Target a list, or a new one */

/**
 * @param {HTMLElement} place
 * @param {File} file
 * @param {Target} target
 * @param {(result: any) => unknown} done
 */
export async function importInto(place, file, target, done) {
  const form = new FormData();
  form.append('file', file, file.name);
  place.replaceChildren(element('p', {}, word('reading', { name: file.name })));
  const started = await ask('POST', '/v1/imports', { form });
  const found = await follow(place, started, target);
  if (!found) return;
  if (found.state === 'ready') preview(place, found, target, done);
  else place.replaceChildren(element('p', { class: 'wrong' }, word('import_failed', { name: file.name })));
}

/**
 * Show how far it is until it is read or written.
 * @param {HTMLElement} place
 * @param {Import} one
 * @param {Target} target
 * @returns {Promise<Import | null>} null where it was cancelled
 */
async function follow(place, one, target) {
  const bar = element('progress', { 'aria-label': word('import_progress', { name: one.name }) });
  const said = element('span', { class: 'hint' });
  const path = `/v1/imports/${encodeURIComponent(one.id)}`;
  let isCancelled = false;
  const cancel = button(word('cancel'), async () => {
    isCancelled = true;
    await ask('DELETE', path);
    place.replaceChildren(element('p', {}, word('import_cancelled')));
  });
  place.replaceChildren(element('p', { class: 'row' }, bar, said, cancel));
  const query = `?wait=${WAIT_SECONDS}${target ? `&list=${encodeURIComponent(target.id)}` : ''}`;
  for (let now = one; ; ) {
    if (now.state !== 'reading' && now.state !== 'applying') return isCancelled ? null : now;
    if (now.total > 0) for (const [name, value] of [['max', now.total], ['value', Math.min(now.done, now.total)]]) bar.setAttribute(String(name), String(value));
    said.textContent = word(now.state === 'reading' ? 'import_reading' : 'import_applying', { done: number(now.done), total: number(now.total) });
    try {
      now = await ask('GET', `${path}${query}`);
    } catch (trouble) {
      if (isCancelled && trouble instanceof Trouble && trouble.status === 404) return null;
      throw trouble;
    }
  }
}

/**
 * @param {HTMLElement} place
 * @param {Import} found
 * @param {Target} target
 * @param {(result: any) => unknown} done
 */
function preview(place, found, target, done) {
  const form = /** @type {HTMLFormElement} */ (element('form', { class: 'preview-of', 'aria-label': word('import_preview', { name: found.name }) },
    element('h3', { tabindex: '-1' }, word('import_preview', { name: found.name })), ...summary(found, target), ...details(found), ...choices(found, target)));
  const apply = /** @type {HTMLButtonElement} */ (element('button', { type: 'submit', class: 'button' }, word(target ? 'import_apply' : 'import_make')));
  apply.disabled = found.understood === 0;
  const discard = button(word('import_discard'), async () => {
    await ask('DELETE', `/v1/imports/${encodeURIComponent(found.id)}`);
    place.replaceChildren();
  });
  form.append(element('p', { class: 'actions' }, apply, discard));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(apply, () => applyIt(place, found, target, new FormData(form), done));
  });
  place.replaceChildren(form);
  need('h3', form).focus();
}

/**
 * @param {HTMLElement} place
 * @param {Import} found
 * @param {Target} target
 * @param {FormData} data
 * @param {(result: any) => unknown} done
 */
async function applyIt(place, found, target, data, done) {
  const where = target ? { list: target.id } : { name: data.get('name'), level: data.get('level'), owner: data.get('owner') ?? 'everybody' };
  const json = { ...where, replace: data.get('how') === 'replace', confirm: data.has('confirm') };
  const started = await ask('POST', `/v1/imports/${encodeURIComponent(found.id)}/apply`, { json });
  const end = await follow(place, started, target);
  if (!end) return;
  if (end.state !== 'done') return place.replaceChildren(element('p', { class: 'wrong' }, word('import_failed', { name: end.name })));
  place.replaceChildren();
  await done(end.result);
}

/**
 * @param {Import} found
 * @param {Target} target
 */
function summary(found, target) {
  const lines = [word('import_understood', { count: number(found.understood) }), word('import_not_understood', { count: number(found.not_understood) })];
  if (found.duplicates > 0) lines.push(word('import_repeated', { count: number(found.duplicates) }));
  if (target && found.same !== undefined) lines.push(word('import_same', { same: number(found.same), differing: number(found.differing ?? 0) }));
  if (found.ignored.length > 0) lines.push(word('import_ignored', { columns: found.ignored.join(', ') }));
  return [element('ul', { class: 'summary' }, ...lines.map((text) => element('li', {}, text)))];
}

/** @param {Import} found */
function details(found) {
  const parts = [];
  if (found.problems.length > 0) {
    const rows = found.problems.slice(0, SHOWN).map(({ line, text, reason, detail }) => [number(line), text, reasonOf(reason, detail)]);
    parts.push(folded(word('import_lines_not', { count: number(found.not_understood) }), table(['line', 'term', 'why'], rows), true));
  }
  if (found.repeated.length > 0) {
    const rows = found.repeated.slice(0, SHOWN).map(({ line, text, before }) => [number(line), text, word('import_before', { line: number(before ?? 0) })]);
    parts.push(folded(word('import_lines_twice', { count: number(found.duplicates) }), table(['line', 'term', 'why'], rows)));
  }
  if (found.everyday_count > 0) {
    parts.push(folded(word('import_everyday', { count: number(found.everyday_count) }), meanings(found.everyday.map((one) => ({ ...one, everyday: true }))), true));
  }
  const sample = found.sample.map((term) => [term.text, word(`form_${term.form}`), conditions(term, day), term.note ?? '']);
  if (sample.length > 0) parts.push(folded(word('import_sample', { count: number(sample.length) }), table(['term', 'form', 'conditions', 'note'], sample)));
  return parts;
}

const REASONS = ['empty', 'too_long', 'not_visible', 'form', 'level', 'score', 'expression', 'too_short', 'date', 'dates', 'languages', 'channels', 'sites', 'columns'];

/**
 * @param {string} reason
 * @param {string} detail the server's own words, where ours know no better
 */
function reasonOf(reason, detail) {
  return REASONS.includes(reason) ? word(`reason_${reason}`) : detail;
}

/**
 * @param {Import} found
 * @param {Target} target
 */
function choices(found, target) {
  const parts = [];
  if (target) {
    parts.push(element('fieldset', { class: 'plain' }, element('legend', {}, word('import_how')),
      radio('add', word('import_add'), true), radio('replace', word('import_replace'), false)));
  } else {
    const name = element('input', { name: 'name', type: 'text', required: '', maxlength: '100', value: found.name.replace(/\.\w+$/, '').slice(0, 100) });
    const level = element('select', { name: 'level' }, ...['stop', 'warn', 'note'].map((one) => element('option', { value: one }, word(`tell_${one}`))));
    parts.push(element('p', { class: 'row' }, element('label', {}, `${word('list_name')} `, name), element('label', {}, `${word('level')} `, level), ...owners()));
  }
  if (found.everyday_count > 0) {
    parts.push(element('p', {}, element('label', { class: 'check' }, element('input', { type: 'checkbox', name: 'confirm', required: '' }), ` ${word('import_confirm')}`)));
  }
  return parts;
}

/** Whose the new list is to be, where people have lists of their own. */
function owners() {
  const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector('template#owners'));
  return template ? [element('label', {}, `${word('list_for')} `, template.content.cloneNode(true))] : [];
}

/**
 * @param {string} value
 * @param {string} text
 * @param {boolean} isChosen
 */
function radio(value, text, isChosen) {
  return element('label', { class: 'check' }, element('input', { type: 'radio', name: 'how', value, ...(isChosen ? { checked: '' } : {}) }), ` ${text}`);
}

/**
 * @param {string} title
 * @param {HTMLElement} body
 * @param {boolean} [isOpen]
 */
function folded(title, body, isOpen = false) {
  return element('details', isOpen ? { open: '' } : {}, element('summary', {}, title), body);
}

/**
 * @param {string[]} head keys of words
 * @param {string[][]} rows
 */
function table(head, rows) {
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': head.map((key) => word(key)).join(', ') }, element('table', {},
    element('thead', {}, element('tr', {}, ...head.map((key) => element('th', { scope: 'col' }, word(key))))),
    element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell)))))));
}
