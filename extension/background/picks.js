/** Boxes that the person has shown by clicking them, by site: selectors made of names, never of words. */
import { BackendError } from './backend.js';
import * as state from './state.js';

const LONGEST = 400;
const MOST = 10;
const SAYINGS = ['post', 'send', 'comment', 'reply'];

/**
 * @param {Site} site
 * @returns {Promise<BoxEntry[]>}
 */
export async function of(site) {
  const shown = (await state.settings()).picks[site.id] ?? [];
  // Where Enter sends, a button may be there as well: it is known by what it says.
  return shown.map(({ match, send, enter }) => ({ match, picked: true, enter, ...(send ? { send: [send] } : { verbs: SAYINGS }) }));
}

/**
 * @param {Site} site
 * @param {Picked} shown
 */
export async function add(site, { match, send, enter }) {
  const fits = [match, send].every((one) => typeof one === 'string' && one.length <= LONGEST) && match;
  if (!fits || !['send', 'newline', 'ctrl'].includes(enter)) throw new BackendError('refused');
  const { picks } = await state.settings();
  const others = (picks[site.id] ?? []).filter((one) => one.match !== match).slice(1 - MOST);
  await state.change({ picks: { ...picks, [site.id]: [...others, { match, send, enter }] } });
}

/** @param {string} site */
export async function forget(site) {
  const { picks } = await state.settings();
  await state.change({ picks: Object.fromEntries(Object.entries(picks).filter(([id]) => id !== site)) });
}
