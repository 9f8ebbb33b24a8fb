/** Registered documents: files sent and read, named, made public, removed. */

import { ask, Trouble } from '../api.js';
import { element, need, word } from '../dom.js';
import { showFolders, watchFolders } from './folders.js';
import { askBack, button, day, during, number, onFiles, onSubmit, rested, tell } from './page.js';

const EVERY_MS = 700;
const A_PAGE = 200;

/**
 * @typedef {{ id: string, name: string, public: boolean, state: string, done: number, total: number,
 *   characters: number, day: string, problem: string, message: string }} Doc
 */

/** @type {Doc[]} */
let documents = [];
let shown = A_PAGE;
let timer = 0;
const search = /** @type {HTMLInputElement} */ (need('#documents-search'));

/** Read them again and again while one is on its way. */
async function show() {
  clearTimeout(timer);
  ({ documents } = await ask('GET', '/v1/documents'));
  showRows();
  if (documents.some(isGoing)) timer = setTimeout(() => during(null, show), EVERY_MS);
}

/** @param {Doc} one */
function isGoing({ state }) {
  return state === 'waiting' || state === 'reading';
}

function showRows() {
  const wanted = search.value.trim().toLowerCase();
  const found = documents.filter(({ name }) => name.toLowerCase().includes(wanted));
  const body = need('#documents tbody');
  const known = new Map([...body.children].map((row) => [/** @type {HTMLElement} */ (row).dataset.key, row]));
  // A row that says the same stays as it is, so that the keyboard does not lose its place.
  body.replaceChildren(...found.slice(0, shown).map((one) => known.get(JSON.stringify(one)) ?? row(one)));
  need('#documents-found').textContent = word('documents_count', { count: number(found.length) });
  need('#documents-more').hidden = found.length <= shown;
}

/** @param {Doc} one */
function row(one) {
  const { id, name, characters } = one;
  const open = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', 'aria-label': word('public_of', { name }) }));
  open.checked = one.public;
  open.disabled = one.state !== 'ready';
  open.addEventListener('change', () => during(null, () => change(id, { public: open.checked })));
  const acts = [button(word('remove_it'), () => remove(one), { 'aria-label': word('document_remove', { name }) })];
  if (one.state === 'ready') acts.unshift(button(word('rename'), () => rename(one), { 'aria-label': word('document_rename', { name }) }));
  return element('tr', { 'data-key': JSON.stringify(one), 'data-document': id }, element('th', { scope: 'row' }, name),
    element('td', {}, characters > 0 ? word('characters', { count: number(characters) }) : ''), element('td', {}, ...stateOf(one)),
    element('td', {}, open), element('td', { class: 'acts' }, ...acts));
}

/** @param {Doc} one */
function stateOf({ state, done, total, day: when, message, name }) {
  const told = message ? [element('p', { class: 'wrong' }, message)] : [];
  if (state === 'ready') return [word('registered_on', { day: day(when) }), ...told];
  const said = word(`document_${state}`);
  if (state !== 'reading' || total < 2) return [said, ...told];
  const bar = element('progress', { max: String(total), value: String(done), 'aria-label': word('reading', { name }) });
  return [bar, ' ', word('done_of', { done: number(done), total: number(total) })];
}

/**
 * @param {string} id
 * @param {{ name?: string, public?: boolean }} json
 */
async function change(id, json) {
  await ask('PATCH', `/v1/documents/${encodeURIComponent(id)}`, { json });
  await show();
  tell(word('saved'));
}

/** @param {Doc} one */
async function rename({ id, name }) {
  const input = /** @type {HTMLInputElement} */ (element('input', { type: 'text', id: 'rename', required: '', maxlength: '200', value: name }));
  const body = [element('div', { class: 'field' }, element('label', { for: 'rename' }, word('document')), input)];
  if (await askBack({ title: word('document_rename', { name }), body, yes: word('save') })) await change(id, { name: input.value.trim() });
}

/** @param {Doc} one */
async function remove(one) {
  const { id, name } = one;
  const sure = isGoing(one) || one.state === 'failed'
    || await askBack({ title: word('document_remove', { name }), body: [element('p', {}, word('document_remove_what'))], yes: word('remove_it') });
  if (!sure) return;
  await ask('DELETE', `/v1/documents/${encodeURIComponent(id)}`);
  await show();
}

/** @param {File[]} files */
async function register(files) {
  const going = need('#documents-going');
  const isPublic = /** @type {HTMLInputElement} */ (need('#documents-public')).checked;
  const stop = new AbortController();
  const bar = element('progress', { max: String(files.length), value: '0', 'aria-label': word('sending') });
  const said = element('span', { class: 'hint' });
  going.replaceChildren(element('p', { class: 'row' }, bar, said, button(word('cancel'), () => stop.abort())));
  const refused = [];
  for (const [index, file] of files.entries()) {
    if (stop.signal.aborted) break;
    bar.setAttribute('value', String(index));
    said.textContent = word('sending_file', { name: file.name, done: number(index + 1), total: number(files.length) });
    if (!await send(file, isPublic, stop.signal)) refused.push(file.name);
    if (index % 20 === 0) await show();
  }
  going.replaceChildren();
  await show();
  if (refused.length > 0) tell(word('not_taken', { names: refused.slice(0, 5).join(', ') }), undefined, true);
}

/**
 * @param {File} file
 * @param {boolean} isPublic
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} whether the server took it
 */
async function send(file, isPublic, signal) {
  const form = new FormData();
  form.append('file', file, file.name);
  form.append('public', String(isPublic));
  try {
    await ask('POST', '/v1/documents', { form, signal });
    return true;
  } catch (trouble) {
    if (signal.aborted) return true;
    if (!(trouble instanceof Trouble) || trouble.status === 0 || trouble.status === 401) throw trouble;
    return false;
  }
}

function listen() {
  onFiles('documents-drop', (files) => during(null, () => register(files)));
  search.addEventListener('input', rested(() => { shown = A_PAGE; showRows(); }, 100));
  search.closest('form')?.addEventListener('submit', (event) => event.preventDefault());
  need('#documents-more').addEventListener('click', () => { shown += A_PAGE; showRows(); });
  const form = /** @type {HTMLFormElement} */ (need('#passage'));
  onSubmit(form, async (data) => {
    const text = /** @type {HTMLTextAreaElement} */ (need('#passage-text')).value;
    await ask('POST', '/v1/documents', { json: { name: data.get('name'), text, public: data.has('public') } });
    form.reset();
    await show();
    tell(word('registered'));
  });
  watchFolders(show);
}

listen();
await during(null, show);
await during(null, showFolders);
