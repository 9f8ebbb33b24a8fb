/** What rules are called, in the language of the page. */

import { ask, Trouble } from '../api.js';
import { word } from '../dom.js';

/** @typedef {{ rule: string, title: string, category: string }} Rule */

/** @type {Record<string, string>} the categories of rules that belong to a list or a document */
const FAMILIES = { list: 'list', sealed: 'list', quotation: 'quotation' };

/**
 * @param {string} id
 * @param {Map<string, Rule>} rules
 */
export function categoryOf(id, rules) {
  return rules.get(id)?.category ?? FAMILIES[id.split('.')[0]] ?? 'marking';
}

/** @returns {Promise<Map<string, Rule>>} */
export async function readRules() {
  const { rules } = await ask('GET', '/settings/rules.json');
  return new Map(rules.map((/** @type {Rule} */ one) => [one.rule, one]));
}

/**
 * The name of a rule; of a list or a document, its own.
 * @param {string} id
 * @param {Map<string, Rule>} rules
 * @returns {Promise<string>}
 */
export async function nameOf(id, rules) {
  const known = rules.get(id);
  if (known) return known.title;
  const [family, ...rest] = id.split('.');
  const own = rest.join('.');
  try {
    if (family === 'list') return word('rule_list', { name: (await ask('GET', `/v1/lists/${encodeURIComponent(own)}`)).name });
    if (family === 'quotation') return word('rule_quotation', { name: (await ask('GET', `/v1/documents/${encodeURIComponent(own)}`)).name });
    if (family === 'sealed') return word('rule_sealed');
  } catch (trouble) {
    if (!(trouble instanceof Trouble) || trouble.status !== 404) throw trouble;
  }
  return word('rule_gone');
}
