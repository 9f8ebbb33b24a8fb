/** One list: its terms, what it sets for them, files, the bench beside it, its history. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { openBench } from './benching.js';
import { commonness, meanings, withConsent } from './common.js';
import { Fields, ofList, ofTerm } from './fields.js';
import { showHistory } from './history.js';
import { importInto } from './importing.js';
import { askBack, day, download, during, number, onFiles, onSubmit, rested, tell } from './page.js';
import { Terms } from './terms.js';

const isTeam = need('#list-name').dataset.team === '1';
const path = `/v1/lists/${encodeURIComponent(need('#list-name').dataset.list ?? '')}`;
/** @type {any} */
let list = null;
const terms = new Terms(path, () => list, changed);
const check = openBench();
const adding = new Fields(ofTerm());
const limits = new Fields(ofList());

async function show() {
  list = await ask('GET', path);
  need('#list-name').textContent = list.name;
  document.title = document.title.replace(/^[^·]*/u, `${list.name} `);
  need('#list-about').textContent = about(list);
  fillForms();
  await Promise.all([terms.show(), showHistory(path), showObserved()]);
}

/** @param {any} of */
function about({ terms: count, level, enabled, observe, owner, valid_from: from, valid_until: until }) {
  const said = [word('terms_count', { count: number(count) }), word(`tell_${level}`)];
  if (isTeam) said.unshift(word(owner === 'me' ? 'list_yours' : 'list_everybodys'));
  if (!enabled) said.push(word('off'));
  if (observe) said.push(word('observe'));
  if (from) said.push(word('from', { day: day(from) }));
  if (until) said.push(word('until', { day: day(until) }));
  return said.join(' · ');
}

function fillForms() {
  const form = /** @type {HTMLFormElement} */ (need('#change'));
  const control = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  for (const name of ['name', 'level']) control(name).value = list[name];
  for (const name of ['enabled', 'observe']) control(name).checked = list[name];
  limits.fill(list);
  const seal = /** @type {HTMLInputElement | null} */ (document.querySelector('#seal input[name="name"]'));
  if (seal) seal.value ||= list.name;
}

/**
 * Say what was done, show it, and offer to take it back.
 * @param {string} text
 */
async function changed(text) {
  await show();
  check();
  tell(text, undo);
}

async function undo() {
  const { added, removed } = await ask('POST', `${path}/undo`);
  await show();
  check();
  tell(word('undone', { added: number(added), removed: number(removed) }));
}

/** @returns {any[]} */
function toAdd() {
  const lines = /** @type {HTMLTextAreaElement} */ (need('#add-text')).value.split('\n').map((line) => line.trim()).filter(Boolean);
  const fields = adding.read();
  return [...new Set(lines)].map((text) => ({ text, ...fields }));
}

function listenToAdding() {
  need('#add-fields').append(adding.element);
  const box = /** @type {HTMLTextAreaElement} */ (need('#add-text'));
  let asked = new AbortController();
  const told = rested(() => during(null, async () => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const wanted = toAdd();
    const found = wanted.length > 0 ? await commonness(wanted.map(({ text, form }) => ({ text, form })), signal).catch(() => null) : [];
    // What cannot be a term yet, such as half an expression, is told when it is added.
    if (found && !signal.aborted) need('#add-common').replaceChildren(...(found.length > 0 ? [meanings(found)] : []));
  }));
  box.addEventListener('input', told);
  onSubmit(/** @type {HTMLFormElement} */ (need('#add')), async () => {
    const wanted = toAdd();
    const done = await withConsent((confirm) => ask('POST', `${path}/terms`, { json: { terms: wanted, confirm } }), wanted);
    if (!done) return;
    box.value = '';
    need('#add-common').replaceChildren();
    await changed(word('added', { added: number(done.added), changed: number(done.changed) }));
    box.focus();
  });
}

function listenToSettings() {
  need('#change-fields').append(limits.element);
  onSubmit(/** @type {HTMLFormElement} */ (need('#change')), async (data) => {
    const json = { name: data.get('name'), level: data.get('level'), enabled: data.has('enabled'), observe: data.has('observe'), ...limits.read() };
    await ask('PATCH', path, { json, seen: list.version });
    await show();
    check();
    tell(word('saved'));
  });
  need('#undo').addEventListener('click', () => during(/** @type {HTMLButtonElement} */ (need('#undo')), undo));
  need('#forget-history').addEventListener('click', () => during(null, async () => {
    if (!await askBack({ title: word('history_forget'), body: [element('p', {}, word('history_forget_what'))], yes: word('history_forget') })) return;
    await ask('DELETE', `${path}/history`);
    await show();
  }));
}

function listenToFiles() {
  const state = need('#import-state');
  onFiles('import-drop', ([file]) => during(null, () => importInto(state, file, list, async (result) => {
    await changed(word('imported', { added: number(result.added), changed: number(result.changed), removed: number(result.removed) }));
  })));
  const sealing = /** @type {HTMLFormElement | null} */ (document.querySelector('#seal'));
  if (sealing) onSubmit(sealing, async (data) => {
    const { left_out: left, sealed } = await ask('POST', `${path}/sealed`, { json: { name: data.get('name') } });
    download('list.sealed', new Blob([JSON.stringify(sealed)], { type: 'application/json' }));
    tell(word('seal_done', { count: number(sealed.terms.length), left: number(left) }));
  });
}

async function showObserved() {
  const line = need('#observed');
  line.hidden = !list.observe;
  if (!list.observe) return need('#observed-weeks').replaceChildren();
  const { weeks, this_week: count } = await ask('GET', `${path}/observations`);
  line.textContent = isTeam && list.owner !== 'me' ? word('observed_team') : word('would_have_asked', { count: number(count) });
  const rows = weeks.map((/** @type {any} */ { week, asked }) => element('tr', {}, element('td', {}, day(week)), element('td', {}, number(asked))));
  const head = element('tr', {}, ...['week_from', 'asked'].map((key) => element('th', { scope: 'col' }, word(key))));
  const table = element('table', {}, element('caption', {}, word('observed_weeks')), element('thead', {}, head), element('tbody', {}, ...rows));
  need('#observed-weeks').replaceChildren(...(rows.length > 0 ? [table] : []));
}

listenToAdding();
listenToSettings();
listenToFiles();
await during(null, show);
