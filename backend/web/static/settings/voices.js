/** How each rule speaks: as usual, quietly, or not at all. */

import { element, need, word } from '../dom.js';
import { during, number, rested, tell } from './page.js';
import { setVoice, voices } from './policing.js';
import { categoryOf, nameOf, readRules } from './rules.js';

const A_PAGE = 50;
const SPEAKS = ['usual', 'quiet', 'off'];

const filter = /** @type {HTMLFormElement} */ (need('#rules-filter'));
/** @type {Map<string, import('./rules.js').Rule>} */
let rules = new Map();
/** @type {Map<string, string>} */
let other = new Map();
let shown = A_PAGE;

/** @param {Record<string, any>} policy */
export async function showVoices(policy) {
  rules = await readRules();
  other = voices(policy);
  for (const id of other.keys()) if (!rules.has(id)) rules.set(id, { rule: id, title: await nameOf(id, rules), category: categoryOf(id, rules) });
  showRules();
}

export function listenToVoices() {
  const again = rested(() => { shown = A_PAGE; showRules(); }, 100);
  filter.addEventListener('input', again);
  filter.addEventListener('submit', (event) => event.preventDefault());
  need('#rules-more').addEventListener('click', () => { shown += A_PAGE; showRules(); });
}

function showRules() {
  const data = new FormData(filter);
  const search = String(data.get('search')).trim().toLowerCase();
  const found = [...rules.values()].filter(({ rule, title, category }) => (!search || `${rule} ${title}`.toLowerCase().includes(search))
    && (!data.get('category') || category === data.get('category')) && (!data.has('off') || other.has(rule)));
  need('#rules').replaceChildren(...found.slice(0, shown).map(row));
  showCount(found.length);
  need('#rules-more').hidden = found.length <= shown;
}

/** @param {number} count */
function showCount(count) {
  need('#rules-found').textContent = word('rules_count', { count: number(count), off: number(other.size) });
}

/** @param {import('./rules.js').Rule} rule */
function row({ rule, title, category }) {
  const options = SPEAKS.map((speaks) => element('option', { value: speaks }, word(`voice_${speaks}`)));
  const choice = /** @type {HTMLSelectElement} */ (element('select', { 'aria-label': word('rule_voice', { name: title }) }, ...options));
  choice.value = other.get(rule) ?? 'usual';
  choice.addEventListener('change', () => during(null, async () => {
    other = voices(await setVoice(rule, choice.value));
    tell(word('rule_now', { name: title, voice: word(`voice_${choice.value}`) }));
  }));
  const about = element('span', { class: 'hint' }, `${rule} · ${word(`category_${category}`)}`);
  return element('li', { 'data-rule': rule }, element('span', { class: 'names' }, element('span', {}, title), about), choice);
}
