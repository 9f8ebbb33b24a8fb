/** What happened: decisions without any words, as charts of the weeks, and rules that were often not useful. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { stacked } from './charts.js';
import { askBack, button, during, number, tell } from './page.js';
import { readPolicy, setVoice, voices } from './policing.js';
import { categoryOf, nameOf, readRules } from './rules.js';
import { mondays, share, weekOf } from './weeks.js';

const OUTCOMES = ['sent', 'edited', 'removed', 'cancelled', 'not_useful'];
const MOST_SITES = 5;
const FEWEST = 2;
const choice = /** @type {HTMLSelectElement} */ (need('#weeks'));

async function show() {
  const weeks = mondays(new Date(), Number(choice.value));
  const since = await Promise.all(weeks.map((week) => ask('GET', `/v1/decisions?since=${week}`)));
  const rules = await readRules();
  const [{ totals }] = since;
  need('#happened-none').hidden = totals.length > 0;
  need('#charts').replaceChildren(...(totals.length > 0 ? charts(weeks, since, rules) : []));
  await showUseless(since[0].rules, rules);
}

/**
 * @param {string[]} weeks
 * @param {any[]} since the answers from each week on
 * @param {Map<string, any>} rules
 */
function charts(weeks, since, rules) {
  const [{ totals }] = since;
  const byWeek = (/** @type {(total: any) => string} */ key) => share(totals.map((/** @type {any} */ one) => ({ week: weekOf(one.day), key: key(one), count: one.count })));
  const sites = most(totals.map((/** @type {any} */ { site, count }) => ({ key: site, count })));
  const site = (/** @type {any} */ one) => (sites.includes(one.site) ? one.site : '…');
  const names = (/** @type {string} */ name) => (name === '…' ? word('other_sites') : name || word('no_site'));
  return [
    stacked({ title: word('by_outcome'), weeks, keys: OUTCOMES, name: (key) => word(`outcome_${key}`), counts: byWeek(({ outcome }) => outcome) }),
    stacked({ title: word('by_category'), weeks, keys: CATEGORIES, name: (key) => word(`category_${key}`), counts: share(ofCategories(weeks, since, rules)) }),
    stacked({ title: word('by_site'), weeks, keys: [...sites, '…'], name: names, counts: byWeek(site) }),
  ];
}

const CATEGORIES = ['marking', 'list', 'identifier', 'credential', 'situation', 'document', 'quotation', 'metadata', 'intimate'];

/**
 * Rules are counted from a day on: a week's own count is what was counted from it on, less what was from the next one on.
 * @param {string[]} weeks
 * @param {any[]} since
 * @param {Map<string, any>} rules
 */
function ofCategories(weeks, since, rules) {
  return weeks.flatMap((week, index) => {
    const signed = [{ answer: since[index], sign: 1 }, { answer: since[index + 1] ?? { rules: [] }, sign: -1 }];
    return signed.flatMap(({ answer, sign }) => answer.rules.map((/** @type {any} */ { rule, count }) => ({ week, key: categoryOf(rule, rules), count: sign * count })));
  });
}

/** @param {{ key: string, count: number }[]} counted */
function most(counted) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const { key, count } of counted) sums.set(key, (sums.get(key) ?? 0) + count);
  return [...sums].sort(([, one], [, other]) => other - one).slice(0, MOST_SITES).map(([key]) => key);
}

/**
 * @param {any[]} counted
 * @param {Map<string, any>} rules
 */
async function showUseless(counted, rules) {
  const other = voices(await readPolicy());
  /** @type {Map<string, { useless: number, all: number }>} */
  const sums = new Map();
  for (const { rule, outcome, count } of counted) {
    const sum = sums.get(rule) ?? { useless: 0, all: 0 };
    sum.all += count;
    if (outcome === 'not_useful') sum.useless += count;
    sums.set(rule, sum);
  }
  const found = [...sums].filter(([rule, { useless }]) => useless >= FEWEST && !other.has(rule)).sort(([, one], [, other]) => other.useless - one.useless).slice(0, 20);
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
