/** The policy page: from which score a finding speaks how loudly, and rules that are switched off. */

import { element, need, word } from '../dom.js';
import { during, number, onSubmit, rested, tell } from './page.js';
import { change, readPolicy } from './policing.js';
import { categoryOf, nameOf, readRules } from './rules.js';

/** @type {Record<string, number[]>} thresholds of note, warn and stop */
const PRESETS = { quiet: [50, 75, 92], usual: [30, 60, 85], keen: [20, 45, 75] };
const LEVELS = ['note', 'warn', 'stop'];
const A_PAGE = 50;

const thresholds = /** @type {HTMLFormElement} */ (need('#thresholds'));
const filter = /** @type {HTMLFormElement} */ (need('#rules-filter'));
/** @type {Map<string, import('./rules.js').Rule>} */
let rules = new Map();
/** @type {Set<string>} */
let off = new Set();
let shown = A_PAGE;

/** @param {string} level */
function input(level) {
  return /** @type {HTMLInputElement} */ (thresholds.elements.namedItem(`${level}_at`));
}

async function show() {
  const policy = await readPolicy();
  rules = await readRules();
  off = new Set(policy.disabled_rules);
  for (const id of off) if (!rules.has(id)) rules.set(id, { rule: id, title: await nameOf(id, rules), category: categoryOf(id, rules) });
  for (const level of LEVELS) input(level).value = String(policy[`${level}_at`]);
  showPreset();
  const categories = [...new Set([...rules.values()].map(({ category }) => category))].sort();
  need('select', filter).append(...categories.map((category) => element('option', { value: category }, word(`category_${category}`))));
  showRules();
}

function showPreset() {
  const now = LEVELS.map((level) => Number(input(level).value));
  for (const radio of thresholds.querySelectorAll('input[name="preset"]')) {
    const one = /** @type {HTMLInputElement} */ (radio);
    one.checked = PRESETS[one.value].every((value, index) => value === now[index]);
  }
  const { open } = /** @type {HTMLDetailsElement} */ (need('#exact'));
  const isOwn = !thresholds.querySelector('input[name="preset"]:checked');
  /** @type {HTMLDetailsElement} */ (need('#exact')).open = open || isOwn;
}

function listenToThresholds() {
  for (const radio of thresholds.querySelectorAll('input[name="preset"]')) {
    radio.addEventListener('change', () => PRESETS[/** @type {HTMLInputElement} */ (radio).value].forEach((value, index) => { input(LEVELS[index]).value = String(value); }));
  }
  for (const level of LEVELS) input(level).addEventListener('input', showPreset);
  onSubmit(thresholds, async () => {
    const values = LEVELS.map((level) => Number(input(level).value));
    const isRising = values[0] <= values[1] && values[1] <= values[2];
    need('#thresholds-wrong').hidden = isRising;
    if (!isRising) return;
    await change(() => Object.fromEntries(LEVELS.map((level, index) => [`${level}_at`, values[index]])));
    tell(word('saved'));
  });
}

function showRules() {
  const data = new FormData(filter);
  const search = String(data.get('search')).trim().toLowerCase();
  const found = [...rules.values()].filter(({ rule, title, category }) => (!search || `${rule} ${title}`.toLowerCase().includes(search))
    && (!data.get('category') || category === data.get('category')) && (!data.has('off') || off.has(rule)));
  need('#rules').replaceChildren(...found.slice(0, shown).map(row));
  need('#rules-found').textContent = word('rules_count', { count: number(found.length), off: number(off.size) });
  need('#rules-more').hidden = found.length <= shown;
}

/** @param {import('./rules.js').Rule} rule */
function row({ rule, title, category }) {
  const box = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', role: 'switch', class: 'switch', 'aria-label': word('rule_switch', { name: title }) }));
  box.checked = !off.has(rule);
  box.addEventListener('change', () => during(null, () => turn(rule, title, box.checked)));
  const about = element('span', { class: 'hint' }, `${rule} · ${word(`category_${category}`)}`);
  return element('li', { 'data-rule': rule }, box, element('span', { class: 'names' }, element('span', {}, title), about));
}

/**
 * @param {string} rule
 * @param {string} name
 * @param {boolean} isOn
 */
async function turn(rule, name, isOn) {
  const policy = await change(({ disabled_rules: before }) => {
    const others = before.filter((/** @type {string} */ one) => one !== rule);
    return { disabled_rules: isOn ? others : [...others, rule] };
  });
  off = new Set(policy.disabled_rules);
  tell(word(isOn ? 'rule_is_on' : 'rule_is_off', { name }));
}

const again = rested(() => { shown = A_PAGE; showRules(); }, 100);
filter.addEventListener('input', again);
filter.addEventListener('submit', (event) => event.preventDefault());
need('#rules-more').addEventListener('click', () => { shown += A_PAGE; showRules(); });
listenToThresholds();
await during(null, show);
