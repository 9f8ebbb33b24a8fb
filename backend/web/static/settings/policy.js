/** The policy page: how easily it speaks up, what it does then, and where it is louder or quieter. */

import { listenToExceptions, showExceptions } from './exceptions.js';
import { need, word } from '../dom.js';
import { during, onSubmit, tell } from './page.js';
import { change, readPolicy } from './policing.js';
import { listenToProposals, showProfiles } from './proposals.js';
import { listenToVoices, showVoices } from './voices.js';

/** @type {Record<string, number[]>} thresholds of note, warn and stop */
const PRESETS = { quiet: [50, 75, 92], usual: [30, 60, 85], keen: [20, 45, 75] };
const LEVELS = ['note', 'warn', 'stop'];

const thresholds = /** @type {HTMLFormElement} */ (need('#thresholds'));

/** @param {string} level */
function input(level) {
  return /** @type {HTMLInputElement} */ (thresholds.elements.namedItem(`${level}_at`));
}

function presets() {
  return /** @type {HTMLInputElement[]} */ ([...thresholds.querySelectorAll('input[name="preset"]')]);
}

async function show() {
  const policy = await readPolicy();
  for (const level of LEVELS) input(level).value = String(policy[`${level}_at`]);
  showPreset();
  showExceptions(policy);
  await showVoices(policy);
}

function showPreset() {
  const now = LEVELS.map((level) => Number(input(level).value));
  for (const one of presets()) one.checked = PRESETS[one.value].every((value, index) => value === now[index]);
  const exact = /** @type {HTMLDetailsElement} */ (need('#exact'));
  exact.open ||= !presets().some(({ checked }) => checked);
}

function listenToThresholds() {
  for (const one of presets()) {
    one.addEventListener('change', () => PRESETS[one.value].forEach((value, index) => { input(LEVELS[index]).value = String(value); }));
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

listenToThresholds();
listenToExceptions(show);
listenToProposals(show);
listenToVoices();
await during(null, show);
await during(null, showProfiles);
