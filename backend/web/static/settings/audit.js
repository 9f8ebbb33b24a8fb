/** The audit page: what administrators and list editors did, newest first. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { during, moment, number } from './page.js';

/** @typedef {{ id: number, at: string, who: string, action: string, subject: string, detail: Record<string, unknown> }} Entry */

const PAGE = 50;
const rows = need('#entries tbody');
const older = /** @type {HTMLButtonElement} */ (need('#older'));
let before = 0;

async function show() {
  const { entries, next, total, head } = await ask('GET', `/v1/audit?limit=${PAGE}&before=${before}`);
  rows.append(...entries.map(row));
  before = next ?? 0;
  older.hidden = next === null;
  need('#audit-none').hidden = total > 0;
  if (rows.children.length <= PAGE) need('#audit-head').textContent = head;
}

/** @param {Entry} entry */
function row({ id, at, who, action, subject, detail }) {
  return element('tr', {}, ...[number(id), moment(at), who, deed(action), subject, told(detail)].map((text) => element('td', {}, text)));
}

/**
 * What was done, in words; by its own name where there are none for it.
 * @param {string} action
 */
function deed(action) {
  const key = `did_${action.replaceAll('.', '_')}`;
  const text = word(key);
  return text === key ? action : text;
}

/** @param {Record<string, unknown>} detail */
function told(detail) {
  const said = Object.entries(detail).filter(([, value]) => value !== '' && value !== null);
  return said.map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`).join('; ');
}

older.addEventListener('click', () => during(older, show));
await during(null, show);
