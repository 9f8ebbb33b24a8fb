/** Invitations: made, shown once with link and code, withdrawn. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { button, moment, tell } from './page.js';

/** @typedef {{ id: string, name: string, role: string, person: string | null, expires_in: number, link: string, code: string }} Invitation */

/** @param {Record<string, unknown>} json */
export async function invite(json) {
  const made = await ask('POST', '/v1/invitations', { json });
  const place = need('#invited');
  place.replaceChildren(
    element('h3', {}, word('invited', { name: made.name })),
    element('p', {}, word('invited_how')),
    shown(word('invited_link'), made.link),
    shown(word('invited_code'), made.code),
    element('p', { class: 'hint' }, word('invited_once')),
  );
  place.focus();
  await showInvitations();
}

/**
 * @param {string} label
 * @param {string} text
 */
function shown(label, text) {
  const copy = button(word('copy_it'), async () => {
    await navigator.clipboard.writeText(text);
    tell(word('copied'));
  }, { 'aria-label': `${word('copy_it')}: ${label}` });
  return element('p', {}, `${label} `, element('span', { class: 'copyable' }, element('code', { translate: 'no' }, text), copy));
}

export async function showInvitations() {
  const { invitations } = await ask('GET', '/v1/invitations');
  need('#waiting').hidden = invitations.length === 0;
  need('#invitations').replaceChildren(...invitations.map(row));
}

/** @param {Invitation} one */
function row(one) {
  const until = word('invited_until', { when: moment(new Date(Date.now() + one.expires_in * 1000).toISOString()) });
  const what = one.person ? word('invited_device') : word(`role_${one.role}`);
  return element('li', {}, element('span', { class: 'names' }, element('span', {}, one.name), element('span', { class: 'hint' }, `${what} · ${until}`)),
    button(word('withdraw'), () => withdraw(one.id), { 'aria-label': word('withdraw_of', { name: one.name }) }));
}

/** @param {string} id */
async function withdraw(id) {
  await ask('DELETE', `/v1/invitations/${encodeURIComponent(id)}`);
  need('#invited').replaceChildren();
  tell(word('withdrawn'));
  await showInvitations();
}
