/** Who changed a list, when, and what of it. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { moment, number } from './page.js';

const SHOWN = 50;
const OWN = { 'settings page': 'who_page', 'command line': 'who_command' };

/** @param {string} path of a list */
export async function showHistory(path) {
  const { versions } = await ask('GET', `${path}/history`);
  need('#history tbody').replaceChildren(...versions.slice(0, SHOWN).map(row));
  need('#undo').toggleAttribute('disabled', !versions.some((/** @type {any} */ { can_undo: can }) => can));
}

/** @param {any} version */
function row({ version, at, who, action, added, changed, removed }) {
  const key = OWN[/** @type {keyof typeof OWN} */ (who)];
  const cells = [number(version), moment(at), key ? word(key) : who, word(`action_${action}`), `+${number(added)} ~${number(changed)} −${number(removed)}`];
  return element('tr', {}, ...cells.map((cell) => element('td', {}, cell)));
}
