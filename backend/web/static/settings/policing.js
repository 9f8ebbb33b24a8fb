/** The policy: read with its version, changed without overwriting what another window wrote. */

import { ask, Trouble } from '../api.js';

const TIMES = 3;

/** @returns {Promise<Record<string, any>>} */
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
    const { content, version } = await readWithVersion();
    try {
      return await ask('PUT', '/v1/policy', { json: { ...content, ...make(content) }, seen: version });
    } catch (trouble) {
      if (!(trouble instanceof Trouble) || trouble.kind !== 'changed_meanwhile' || left <= 1) throw trouble;
    }
  }
}

async function readWithVersion() {
  /** @type {number | undefined} */
  let version;
  const content = await ask('GET', '/v1/policy', { told: (answer) => { version = Number(answer.headers.get('ETag')?.replace(/\D/g, '')); } });
  return { content, version };
}
