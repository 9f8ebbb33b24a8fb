/** All lists: made, switched, ordered, deleted; files that become a list; sealed lists of others. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { importInto } from './importing.js';
import { askBack, button, day, during, number, onFiles, onSubmit, tell } from './page.js';

/**
 * @typedef {{ id: string, name: string, level: string, enabled: boolean, terms: number, version: number, observe: boolean,
 *   owner: 'me' | 'everybody', valid_from: string, valid_until: string }} List
 */

const place = need('#lists');
const isTeam = place.dataset.team === '1';
const mayEdit = place.dataset.edits === '1';
/** @type {List[]} */
let lists = [];

async function show() {
  ({ lists } = await ask('GET', '/v1/lists'));
  place.replaceChildren(...lists.map(row));
  need('#lists-none').hidden = lists.length > 0;
  // Of a list that is everybody's only weeks that are over are told, on its own page.
  for (const list of lists.filter(({ observe, owner }) => observe && (!isTeam || owner === 'me'))) showObserved(list);
}

/** @param {List} list */
function isOpen({ owner }) {
  return owner === 'me' || mayEdit;
}

/** @param {List} list */
function row(list) {
  const { id, name } = list;
  const about = element('span', { class: 'hint', 'data-about': id }, aboutOf(list));
  if (!isOpen(list)) return element('li', { 'data-list': id }, element('span', { class: 'names' }, element('span', {}, name), about));
  const same = lists.filter(({ owner }) => owner === list.owner);
  const index = same.indexOf(list);
  const names = element('span', { class: 'names' }, element('a', { href: `/settings/lists/${encodeURIComponent(id)}` }, name), about);
  const up = button('↑', () => move(same, index, index - 1), { 'aria-label': word('list_up', { name }) });
  const down = button('↓', () => move(same, index, index + 1), { 'aria-label': word('list_down', { name }) });
  up.toggleAttribute('disabled', index === 0);
  down.toggleAttribute('disabled', index === same.length - 1);
  return element('li', { 'data-list': id }, toggle(list), names, up, down, button(word('remove_it'), () => remove(list), { 'aria-label': word('list_delete', { name }) }));
}

/** @param {List} list */
function aboutOf({ terms, level, observe, enabled, owner, valid_from: from, valid_until: until }) {
  const said = [word('terms_count', { count: number(terms) }), word(`tell_${level}`)];
  if (isTeam) said.unshift(word(owner === 'me' ? 'list_yours' : 'list_everybodys'));
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
 * @param {List[]} same those of one owner
 * @param {number} from
 * @param {number} to
 */
async function move(same, from, to) {
  const ordered = same.map(({ id }) => id);
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
async function remove({ id, name, terms, owner }) {
  const path = `/v1/lists/${encodeURIComponent(id)}`;
  const sure = await askBack({ title: word('list_delete', { name }), body: [element('p', {}, word('list_delete_what', { count: number(terms) }))], yes: word('remove_it') });
  if (!sure) return;
  const kept = await ask('GET', `${path}/export?format=json`);
  const order = lists.filter((list) => list.owner === owner).map((list) => list.id);
  await ask('DELETE', path);
  await show();
  tell(word('list_deleted', { name }), () => bringBack(kept, order, id));
}

const SET_BY_A_LIST = ['name', 'owner', 'level', 'enabled', 'observe', 'languages', 'channels', 'sites', 'valid_from', 'valid_until', 'terms'];

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
    const json = { name: data.get('name'), level: data.get('level'), observe: data.has('observe'), owner: data.get('owner') ?? 'everybody' };
    const { id } = await ask('POST', '/v1/lists', { json });
    location.href = `/settings/lists/${encodeURIComponent(id)}`;
  });
  const state = need('#import-state');
  onFiles('import-drop', ([file]) => during(null, () => importInto(state, file, null, ({ list }) => { location.href = `/settings/lists/${encodeURIComponent(list)}`; })));
  if (mayEdit) onFiles('sealed-drop', (files) => during(null, async () => {
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
if (mayEdit) await during(null, showSealed);
