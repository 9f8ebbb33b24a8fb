/** What happened: decisions without any words, as charts of the weeks, and rules that were often not useful. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { stacked } from './charts.js';
import { askBack, button, during, number, tell } from './page.js';
import { readPolicy, setVoice, voices } from './policing.js';
import { nameOf, readRules } from './rules.js';
import { mondays, share } from './weeks.js';

const OUTCOMES = ['sent', 'edited', 'removed', 'cancelled', 'not_useful'];
const MOST_SITES = 5;
const FEWEST = 2;
const choice = /** @type {HTMLSelectElement} */ (need('#weeks'));

/** @typedef {Record<string, Record<string, number>>} Counts by name, then by outcome */
/** @typedef {{ week: string, outcomes: Record<string, number>, sites: Counts, categories: Counts, rules: Counts }} Week */

async function show() {
  const shown = mondays(new Date(), Number(choice.value));
  /** @type {{ weeks: Week[] }} */
  const { weeks } = await ask('GET', `/v1/decisions/weeks?since=${shown[0]}`);
  const rules = await readRules();
  need('#happened-none').hidden = weeks.length > 0;
  need('#charts').replaceChildren(...(weeks.length > 0 ? charts(shown, weeks) : []));
  await showUseless(weeks, rules);
}

/**
 * @param {string[]} shown the Mondays
 * @param {Week[]} found
 */
function charts(shown, found) {
  const sites = most(found.flatMap(({ sites: counts }) => sums(counts)));
  const named = (/** @type {string} */ name) => (name === '…' ? word('other_sites') : name || word('no_site'));
  const byOutcome = (/** @type {Week} */ one) => Object.entries(one.outcomes).map(([key, count]) => ({ key, count }));
  const bySite = (/** @type {Week} */ one) => sums(one.sites).map(({ key, count }) => ({ key: sites.includes(key) ? key : '…', count }));
  /** @param {(one: Week) => { key: string, count: number }[]} what */
  const counted = (what) => share(found.flatMap((one) => what(one).map((part) => ({ week: one.week, ...part }))));
  return [
    stacked({ title: word('by_outcome'), weeks: shown, keys: OUTCOMES, name: (key) => word(`outcome_${key}`), counts: counted(byOutcome) }),
    stacked({ title: word('by_category'), weeks: shown, keys: CATEGORIES, name: (key) => word(`category_${key}`), counts: counted(({ categories }) => sums(categories)) }),
    stacked({ title: word('by_site'), weeks: shown, keys: [...sites, '…'], name: named, counts: counted(bySite) }),
  ];
}

const CATEGORIES = ['marking', 'list', 'identifier', 'credential', 'situation', 'document', 'quotation', 'metadata', 'intimate'];

/** @param {Counts} counts */
function sums(counts) {
  return Object.entries(counts).map(([key, outcomes]) => ({ key, count: Object.values(outcomes).reduce((sum, count) => sum + count, 0) }));
}

/** @param {{ key: string, count: number }[]} counted */
function most(counted) {
  /** @type {Map<string, number>} */
  const whole = new Map();
  for (const { key, count } of counted) whole.set(key, (whole.get(key) ?? 0) + count);
  return [...whole].sort(([, one], [, other]) => other - one).slice(0, MOST_SITES).map(([key]) => key);
}

/**
 * @param {Week[]} weeks
 * @param {Map<string, any>} rules
 */
async function showUseless(weeks, rules) {
  const other = voices(await readPolicy());
  /** @type {Map<string, { useless: number, all: number }>} */
  const counts = new Map();
  for (const [rule, outcomes] of weeks.flatMap((one) => Object.entries(one.rules))) {
    const sum = counts.get(rule) ?? { useless: 0, all: 0 };
    for (const [outcome, count] of Object.entries(outcomes)) {
      sum.all += count;
      if (outcome === 'not_useful') sum.useless += count;
    }
    counts.set(rule, sum);
  }
  const found = [...counts].filter(([rule, { useless }]) => useless >= FEWEST && !other.has(rule)).sort(([, one], [, other]) => other.useless - one.useless).slice(0, 20);
  need('#useless').replaceChildren(...await Promise.all(found.map(async ([rule, { useless, all }]) => {
    const name = await nameOf(rule, rules);
    const said = `${rule} · ${word('useless_of', { useless: number(useless), all: number(all) })}`;
    return element('li', { 'data-rule': rule }, element('span', { class: 'names' }, element('span', {}, name), element('span', { class: 'hint' }, said)),
      button(word('quieten'), () => quieten(rule, name), { 'aria-label': word('quieten_rule', { name }) }));
  })));
  need('#useless-none').hidden = found.length > 0;
}

/**
 * @param {string} rule
 * @param {string} name
 */
async function quieten(rule, name) {
  await setVoice(rule, 'quiet');
  await show();
  tell(word('quietened', { name }), async () => {
    await setVoice(rule, 'usual');
    await show();
  });
}

choice.addEventListener('change', () => during(null, show));
need('#forget').addEventListener('click', () => during(null, async () => {
  if (!await askBack({ title: word('forget_button'), body: [element('p', {}, word('forget_what'))], yes: word('forget_button') })) return;
  await ask('DELETE', '/v1/decisions');
  await show();
  tell(word('forgotten'));
}));
await during(null, show);
