/** The policy: read with its version, changed without overwriting what another window wrote. */

import { ask, Trouble } from '../api.js';

const TIMES = 3;

/** @returns {Promise<Record<string, any>>} what is as usual is left out, but for thresholds and rules that are off */
export function readPolicy() {
  return ask('GET', '/v1/policy');
}

/**
 * Change some of it; what is not named stays as it is.
 * @param {(policy: Record<string, any>) => Record<string, any>} make
 * @returns {Promise<Record<string, any>>}
 */
export async function change(make) {
  for (let left = TIMES; ; left -= 1) {
    const { content, version } = await withVersion('GET', '/v1/policy');
    try {
      return await ask('PUT', '/v1/policy', { json: { ...content, ...make(content) }, seen: version });
    } catch (trouble) {
      if (!(trouble instanceof Trouble) || trouble.kind !== 'changed_meanwhile' || left <= 1) throw trouble;
    }
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [json]
 * @returns {Promise<{ content: any, version: number }>}
 */
export async function withVersion(method, path, json) {
  let version = 0;
  const content = await ask(method, path, { json, told: (answer) => { version = Number(answer.headers.get('ETag')?.replace(/\D/g, '')); } });
  return { content, version };
}

/**
 * Let a rule speak as usual, quietly or not at all.
 * @param {string} rule
 * @param {string} speaks
 * @returns {Promise<Record<string, any>>}
 */
export function setVoice(rule, speaks) {
  return ask('PUT', `/v1/policy/rules/${encodeURIComponent(rule)}`, { json: { speaks } });
}

/**
 * @param {Record<string, any>} policy
 * @returns {Map<string, string>} how rules speak that do not speak as usual
 */
export function voices({ disabled_rules: off = [], quiet_rules: quiet = [] }) {
  const found = new Map(quiet.map((/** @type {string} */ rule) => [rule, 'quiet']));
  for (const rule of off) found.set(rule, 'off');
  return found;
}
