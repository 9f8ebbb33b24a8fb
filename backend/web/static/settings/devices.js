/** The devices that are let in: of everybody, or one's own. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { askBack, button, day, tell } from './page.js';

/** @typedef {{ id: string, name: string, person_name: string, created: string, last_used: string | null, expires: string | null, current: boolean }} Device */

/** @param {boolean} isOwn whether the person's name is left out */
export async function showDevices(isOwn) {
  const { tokens } = await ask('GET', '/v1/tokens');
  need('#devices').replaceChildren(...tokens.map((/** @type {Device} */ one) => row(one, isOwn)));
}

/**
 * @param {Device} one
 * @param {boolean} isOwn
 */
function row(one, isOwn) {
  const name = isOwn || !one.person_name ? one.name : `${one.person_name}: ${one.name}`;
  const used = one.last_used ? word('device_used', { day: day(one.last_used) }) : word('device_unused');
  const told = [word('device_since', { day: day(one.created) }), used, ...(one.expires ? [word('device_until', { day: day(one.expires) })] : [])];
  return element('li', {}, element('span', { class: 'names' }, element('span', {}, name), element('span', { class: 'hint' }, told.join(' · '))),
    button(word('device_out'), () => shutOut(one.id, name, isOwn), { 'aria-label': word('device_out_of', { name }) }));
}

/**
 * @param {string} id
 * @param {string} name
 * @param {boolean} isOwn
 */
async function shutOut(id, name, isOwn) {
  if (!await askBack({ title: word('device_out_of', { name }), body: [element('p', {}, word('device_out_what'))], yes: word('device_out') })) return;
  await ask('DELETE', `/v1/tokens/${encodeURIComponent(id)}`);
  tell(word('device_is_out', { name }));
  await showDevices(isOwn);
}
