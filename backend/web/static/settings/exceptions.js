/** What each level does, where things are louder or quieter, and what of one's own is fine to share. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { button, onSubmit, tell } from './page.js';
import { change } from './policing.js';

const USUAL = { note: 'mark', warn: 'ask', stop: 'hold' };
const SPLIT = /[\s,，、;；]+/u;

/** @typedef {Record<string, Record<string, string>>} Levels */

let again = async () => {};

/**
 * @param {string} selector
 * @param {string} name
 */
function control(selector, name) {
  return /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (need(selector)).elements.namedItem(name));
}

/** @param {Record<string, any>} policy */
export function showExceptions({ does = {}, levels = {}, sites = {}, languages = [], own = [] }) {
  for (const [level, usual] of Object.entries(USUAL)) control('#does', level).value = does[level] ?? usual;
  control('#where', 'off').value = (sites.off ?? []).join(', ');
  control('#where', 'quiet').value = (sites.quiet ?? []).join(', ');
  control('#where', 'languages').value = languages.join(', ');
  const rows = Object.entries(/** @type {Levels} */ (levels)).flatMap(([category, of]) => Object.entries(of).map(([channel, to]) => levelRow(category, channel, to)));
  need('#levels').replaceChildren(...rows);
  need('#own').replaceChildren(...own.map(ownRow));
}

/** @param {() => Promise<void>} show */
export function listenToExceptions(show) {
  again = show;
  onSubmit(/** @type {HTMLFormElement} */ (need('#does')), (data) => keep(() => ({ does: Object.fromEntries(data) })));
  onSubmit(/** @type {HTMLFormElement} */ (need('#where')), (data) => keep(() => ({
    sites: { off: wordsOf(data, 'off'), quiet: wordsOf(data, 'quiet') }, languages: wordsOf(data, 'languages'),
  })));
  onSubmit(/** @type {HTMLFormElement} */ (need('#level')), (data) => {
    const [category, channel, to] = ['category', 'channel', 'change'].map((name) => String(data.get(name)));
    return keep(({ levels = {} }) => ({ levels: { ...levels, [category]: { ...levels[category], [channel]: to } } }));
  });
  const form = /** @type {HTMLFormElement} */ (need('#own-add'));
  onSubmit(form, async (data) => {
    await ask('POST', '/v1/policy/own', { json: { name: String(data.get('name')).trim(), text: data.get('text') } });
    form.reset();
    await told();
  });
}

/** @param {(policy: Record<string, any>) => Record<string, any>} make */
async function keep(make) {
  await change(make);
  await told();
}

async function told() {
  await again();
  tell(word('saved'));
}

/**
 * @param {FormData} data
 * @param {string} name
 */
function wordsOf(data, name) {
  return String(data.get(name)).toLowerCase().split(SPLIT).filter(Boolean);
}

/**
 * @param {string} category
 * @param {string} channel
 * @param {string} to
 */
function levelRow(category, channel, to) {
  const where = [category === 'any' ? word('every_category') : word(`category_${category}`), channel === 'any' ? word('every_channel') : word(`channel_${channel}`)].join(' · ');
  const remove = () => keep(({ levels = {} }) => {
    const rest = { ...levels[category] };
    delete rest[channel];
    const left = { ...levels, [category]: rest };
    if (Object.keys(rest).length === 0) delete left[category];
    return { levels: left };
  });
  return element('li', {}, element('span', { class: 'names' }, element('span', {}, where), element('span', { class: 'hint' }, word(`change_${to}`))),
    button(word('remove_it'), remove, { 'aria-label': word('list_delete', { name: where }) }));
}

/** @param {{ id: string, name: string }} own */
function ownRow({ id, name }) {
  const forget = async () => {
    await ask('DELETE', `/v1/policy/own/${encodeURIComponent(id)}`);
    await told();
  };
  return element('li', {}, element('span', { class: 'names' }, name), button(word('remove_it'), forget, { 'aria-label': word('own_forget', { name }) }));
}
