/** All lists: made, switched, ordered, deleted; files that become a list; sealed lists of others. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { importInto } from './importing.js';
import { askBack, button, day, during, number, onFiles, onSubmit, tell } from './page.js';

/** @typedef {{ id: string, name: string, level: string, enabled: boolean, terms: number, version: number, observe: boolean, valid_from: string, valid_until: string }} List */

const place = need('#lists');
/** @type {List[]} */
let lists = [];

async function show() {
  ({ lists } = await ask('GET', '/v1/lists'));
  place.replaceChildren(...lists.map(row));
  need('#lists-none').hidden = lists.length > 0;
  for (const list of lists.filter(({ observe }) => observe)) showObserved(list);
}

/**
 * @param {List} list
 * @param {number} index
 */
function row(list, index) {
  const { id, name } = list;
  const about = element('span', { class: 'hint', 'data-about': id }, aboutOf(list));
  const names = element('span', { class: 'names' }, element('a', { href: `/settings/lists/${encodeURIComponent(id)}` }, name), about);
  const up = button('↑', () => move(index, index - 1), { 'aria-label': word('list_up', { name }) });
  const down = button('↓', () => move(index, index + 1), { 'aria-label': word('list_down', { name }) });
  up.toggleAttribute('disabled', index === 0);
  down.toggleAttribute('disabled', index === lists.length - 1);
  return element('li', { 'data-list': id }, toggle(list), names, up, down, button(word('remove_it'), () => remove(list), { 'aria-label': word('list_delete', { name }) }));
}

/** @param {List} list */
function aboutOf({ terms, level, observe, enabled, valid_from: from, valid_until: until }) {
  const said = [word('terms_count', { count: number(terms) }), word(`tell_${level}`)];
  if (observe) said.push(word('observe'));
  if (from) said.push(word('from', { day: day(from) }));
  if (until) said.push(word('until', { day: day(until) }));
  if (!enabled) said.push(word('off'));
  return said.join(' · ');
}

/** @param {List} list */
async function showObserved({ id }) {
  const { this_week: count } = await ask('GET', `/v1/lists/${encodeURIComponent(id)}/observations`);
  document.querySelector(`[data-about="${CSS.escape(id)}"]`)?.append(` · ${word('would_have_asked', { count: number(count) })}`);
}

/** @param {List} list */
function toggle({ id, name, enabled }) {
  const box = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', role: 'switch', class: 'switch', 'aria-label': word('list_switch', { name }) }));
  box.checked = enabled;
  box.addEventListener('change', () => during(null, async () => {
    await ask('PATCH', `/v1/lists/${encodeURIComponent(id)}`, { json: { enabled: box.checked } });
    await show();
    focusOn(id, '.switch');
  }));
  return box;
}

/**
 * @param {number} from
 * @param {number} to
 */
async function move(from, to) {
  const ordered = lists.map(({ id }) => id);
  const [id] = ordered.splice(from, 1);
  ordered.splice(to, 0, id);
  await ask('PUT', '/v1/lists/order', { json: { lists: ordered } });
  await show();
  focusOn(id, to < from ? 'button:not(:disabled)' : 'button:nth-of-type(2):not(:disabled), button:not(:disabled)');
}

/**
 * The rows were made anew: the keyboard goes on where it was.
 * @param {string} id
 * @param {string} what
 */
function focusOn(id, what) {
  const found = place.querySelector(`[data-list="${CSS.escape(id)}"]`)?.querySelector(what);
  if (found instanceof HTMLElement) found.focus();
}

/** @param {List} list */
async function remove({ id, name, terms }) {
  const path = `/v1/lists/${encodeURIComponent(id)}`;
  const sure = await askBack({ title: word('list_delete', { name }), body: [element('p', {}, word('list_delete_what', { count: number(terms) }))], yes: word('remove_it') });
  if (!sure) return;
  const kept = await ask('GET', `${path}/export?format=json`);
  const order = lists.map((list) => list.id);
  await ask('DELETE', path);
  await show();
  tell(word('list_deleted', { name }), () => bringBack(kept, order, id));
}

const SET_BY_A_LIST = ['name', 'level', 'enabled', 'observe', 'languages', 'channels', 'sites', 'valid_from', 'valid_until', 'terms'];

/**
 * @param {Record<string, any>} kept
 * @param {string[]} order
 * @param {string} before its id before it was deleted
 */
async function bringBack(kept, order, before) {
  const json = Object.fromEntries(SET_BY_A_LIST.filter((name) => name in kept).map((name) => [name, kept[name]]));
  const { id } = await ask('POST', '/v1/lists', { json });
  const now = new Set([...lists.map((list) => list.id), id]);
  await ask('PUT', '/v1/lists/order', { json: { lists: order.map((one) => (one === before ? id : one)).filter((one) => now.has(one)) } });
  await show();
  tell(word('list_is_back', { name: kept.name }));
}

function listen() {
  const form = /** @type {HTMLFormElement} */ (need('#make'));
  onSubmit(form, async (data) => {
    const json = { name: data.get('name'), level: data.get('level'), observe: data.has('observe') };
    const { id } = await ask('POST', '/v1/lists', { json });
    location.href = `/settings/lists/${encodeURIComponent(id)}`;
  });
  const state = need('#import-state');
  onFiles('import-drop', ([file]) => during(null, () => importInto(state, file, null, ({ list }) => { location.href = `/settings/lists/${encodeURIComponent(list)}`; })));
  onFiles('sealed-drop', (files) => during(null, async () => {
    for (const file of files) await addSealed(file);
  }));
}

/** @param {File} file */
async function addSealed(file) {
  let json;
  try {
    json = JSON.parse(await file.text());
  } catch {
    return tell(word('sealed_none', { name: file.name }), undefined, true);
  }
  const { name } = await ask('POST', '/v1/sealed', { json });
  tell(word('sealed_added', { name }));
  await showSealed();
}

async function showSealed() {
  const { sealed } = await ask('GET', '/v1/sealed');
  need('#sealed').replaceChildren(...sealed.map(sealedRow));
}

/** @param {{ id: string, name: string, level: string, hashes: number }} sealed */
function sealedRow({ id, name, level, hashes }) {
  const about = element('span', { class: 'hint' }, `${word('sealed_hashes', { count: number(hashes) })} · ${word(`tell_${level}`)}`);
  return element('li', {}, element('span', { class: 'names' }, element('span', {}, name), about),
    button(word('remove_it'), () => removeSealed(id, name), { 'aria-label': word('list_delete', { name }) }));
}

/**
 * @param {string} id
 * @param {string} name
 */
async function removeSealed(id, name) {
  const sure = await askBack({ title: word('list_delete', { name }), body: [element('p', {}, word('sealed_delete_what'))], yes: word('remove_it') });
  if (!sure) return;
  await ask('DELETE', `/v1/sealed/${encodeURIComponent(id)}`);
  await showSealed();
}

listen();
await during(null, show);
await during(null, showSealed);
