/** The devices that are let in: of everybody, or one's own. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { askBack, button, day, tell } from './page.js';

/**
 * @typedef {{ id: string, name: string, person: string | null, person_name: string, created: string,
 *   last_used: string | null, expires: string | null, current: boolean }} Device
 */

/** @param {string | null} [whose] a person, or `null` for the server's own machine; left out: everybody's, with their names */
export async function showDevices(whose) {
  /** @type {{tokens: Device[]}} */
  const { tokens } = await ask('GET', '/v1/tokens');
  const wanted = tokens.filter((one) => whose === undefined || one.person === whose);
  need('#devices').replaceChildren(...wanted.map((one) => row(one, whose)));
}

/**
 * @param {Device} one
 * @param {string | null} [whose]
 */
function row(one, whose) {
  const name = whose !== undefined || !one.person_name ? one.name : `${one.person_name}: ${one.name}`;
  const used = one.last_used ? word('device_used', { day: day(one.last_used) }) : word('device_unused');
  const told = [word('device_since', { day: day(one.created) }), used, ...(one.expires ? [word('device_until', { day: day(one.expires) })] : [])];
  return element('li', {}, element('span', { class: 'names' }, element('span', {}, name), element('span', { class: 'hint' }, told.join(' · '))),
    button(word('device_out'), () => shutOut(one.id, name, whose), { 'aria-label': word('device_out_of', { name }) }));
}

/**
 * @param {string} id
 * @param {string} name
 * @param {string | null} [whose]
 */
async function shutOut(id, name, whose) {
  if (!await askBack({ title: word('device_out_of', { name }), body: [element('p', {}, word('device_out_what'))], yes: word('device_out') })) return;
  await ask('DELETE', `/v1/tokens/${encodeURIComponent(id)}`);
  tell(word('device_is_out', { name }));
  await showDevices(whose);
}
