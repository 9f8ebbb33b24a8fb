/**
 * What the person has called not useful. Each time a rule speaks up a level lower for them,
 * until it is silent; words that they never want to hear of on a site are kept as keyed
 * fingerprints, so that no word of a draft is written down. It stays in this browser.
 */
import * as state from './state.js';

/** @type {Level[]} */
const LEVELS = ['clear', 'note', 'warn', 'stop'];
const MOST_WORDS = 2000;

/** @typedef {{rules: Record<string, {title: string, steps: number}>, words: string[], key: string}} Quiet */

/** @returns {Promise<Quiet>} */
async function kept() {
  const { quiet } = await chrome.storage.local.get('quiet');
  return { rules: {}, words: [], key: '', .../** @type {Partial<Quiet>} */ (quiet ?? {}) };
}

/** @param {Quiet} quiet */
function keep(quiet) {
  return chrome.storage.local.set({ quiet });
}

/** @param {{rule: string, title: string}} about */
export async function lower({ rule, title }) {
  const quiet = await kept();
  const steps = Math.min((quiet.rules[rule]?.steps ?? 0) + 1, LEVELS.length - 1);
  await keep({ ...quiet, rules: { ...quiet.rules, [rule]: { title: String(title).slice(0, 200), steps } } });
}

/** How many levels lower a rule speaks. @param {string} rule */
export async function steps(rule) {
  return (await kept()).rules[rule]?.steps ?? 0;
}

/**
 * @param {string[]} words as they stand in the draft
 * @param {Site} site
 */
export async function never(words, site) {
  const quiet = await kept();
  const key = quiet.key || fresh();
  const marks = await Promise.all(words.map((one) => fingerprint(key, one, site)));
  await keep({ ...quiet, key, words: [...new Set([...quiet.words, ...marks])].slice(-MOST_WORDS) });
}

/** What is quietened, for the settings. */
export async function list() {
  const { rules, words } = await kept();
  return { rules: Object.entries(rules).map(([rule, about]) => ({ rule, ...about })), words: words.length };
}

/** @param {string} [rule] all of it without one */
export async function forget(rule) {
  const { rules, ...quiet } = await kept();
  if (rule === undefined) return keep({ rules: {}, words: [], key: '' });
  await keep({ ...quiet, rules: Object.fromEntries(Object.entries(rules).filter(([id]) => id !== rule)) });
}

/**
 * A verdict as this person wants to hear it. Gaps are never quietened.
 * @param {VerdictJson} verdict
 * @param {string} text of the draft
 * @param {Site} site
 * @returns {Promise<VerdictJson>}
 */
export async function apply(verdict, text, site) {
  // What the policy of a team refuses is not talked down on one machine.
  if (!verdict.findings.length || verdict.action === 'refuse' || (await state.settings()).preset.mayQuieten === false) return verdict;
  const quiet = await kept();
  if (!quiet.words.length && !Object.keys(quiet.rules).length) return verdict;
  const left = (await Promise.all(verdict.findings.map((one) => softened(one, quiet, text, site)))).filter((one) => one !== null);
  const level = LEVELS[Math.max(0, ...left.map((one) => LEVELS.indexOf(one.level)))];
  return { ...verdict, findings: left, level, score: Math.max(0, ...left.map(({ score }) => score)) };
}

/**
 * @param {FindingJson} finding
 * @param {Quiet} quiet
 * @param {string} text
 * @param {Site} site
 * @returns {Promise<FindingJson | null>}
 */
async function softened(finding, quiet, text, site) {
  const level = LEVELS[LEVELS.indexOf(finding.level) - (quiet.rules[finding.rule]?.steps ?? 0)] ?? 'clear';
  if (level === 'clear') return null;
  const heard = await Promise.all(finding.places.map((place) => isUnwanted(place, quiet, text, site)));
  const places = finding.places.filter((_, at) => !heard[at]);
  return finding.places.length && !places.length ? null : { ...finding, level, places };
}

/**
 * Whether these are words that the person never wants to hear of on this site.
 * @param {Place} place
 * @param {Quiet} quiet
 * @param {string} text
 * @param {Site} site
 */
async function isUnwanted({ part, start, end }, { words, key }, text, site) {
  if (!words.length || part !== 'text' || start === undefined || end === undefined) return false;
  return words.includes(await fingerprint(key, text.slice(start, end), site));
}

function fresh() {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {string} key
 * @param {string} words
 * @param {Site} site
 */
async function fingerprint(key, words, site) {
  const bytes = new TextEncoder();
  const secret = await crypto.subtle.importKey('raw', bytes.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const plain = `${site.id}\n${words.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()}`;
  const signed = new Uint8Array(await crypto.subtle.sign('HMAC', secret, bytes.encode(plain)));
  return btoa(String.fromCharCode(...signed.slice(0, 16)));
}
