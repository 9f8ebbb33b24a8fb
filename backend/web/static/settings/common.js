/** How common terms are, and asking before an everyday word goes live. */

import { ask, Trouble } from '../api.js';
import { element, word } from '../dom.js';
import { askBack, number } from './page.js';

const MOST = 1000;
const SHOWN = 12;

/** @typedef {{ text: string, frequency: number | null, language: string, alarms: number | null, everyday?: boolean }} Commonness */

/**
 * @param {(string | object)[]} terms
 * @param {AbortSignal} [signal]
 * @returns {Promise<Commonness[]>}
 */
export async function commonness(terms, signal) {
  const { terms: found } = await ask('POST', '/v1/frequencies', { json: { terms: terms.slice(0, MOST) }, signal });
  return found;
}

/** @param {Commonness} one */
export function meaning({ text, frequency, alarms, everyday }) {
  if (frequency === null || alarms === null) return word('common_unknown', { text });
  if (everyday) return word('common_everyday', { text, alarms: number(alarms) });
  if (alarms < 0.05) return word('common_rare', { text });
  return word('common_some', { text, alarms: number(alarms) });
}

/** @param {Commonness[]} found */
export function meanings(found) {
  const ordered = [...found].sort((one, other) => (other.alarms ?? 0) - (one.alarms ?? 0));
  const lines = ordered.slice(0, SHOWN).map((one) => element('li', one.everyday ? { class: 'everyday' } : {}, meaning(one)));
  if (ordered.length > SHOWN) lines.push(element('li', {}, word('and_more', { count: number(ordered.length - SHOWN) })));
  return element('ul', { class: 'common' }, ...lines);
}

/**
 * Send terms; where some are everyday words, ask first.
 * @param {(confirm: boolean) => Promise<any>} send
 * @param {(string | object)[]} terms those that are sent
 * @returns {Promise<any>} null where the person would rather not
 */
export async function withConsent(send, terms) {
  try {
    return await send(false);
  } catch (trouble) {
    if (!(trouble instanceof Trouble) || trouble.kind !== 'everyday_words') throw trouble;
    const places = trouble.errors.map(({ pointer }) => Number(pointer.split('/').at(-1)));
    const found = await commonness(places.map((place) => terms[place]).filter(Boolean));
    const sure = await askBack({ title: word('everyday_title'), body: [element('p', {}, word('everyday_why')), meanings(found)], yes: word('everyday_yes') });
    return sure ? send(true) : null;
  }
}
