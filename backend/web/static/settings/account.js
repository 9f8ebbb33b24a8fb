/** One's own account: devices, password, second factor, and the way out. */

import { ask, Trouble } from '../api.js';
import { need, word } from '../dom.js';
import { showDevices } from './devices.js';
import { during, onSubmit } from './page.js';
import { showFactor } from './factor.js';

/** @returns {Promise<void>} */
async function show() {
  const me = await mine();
  await showDevices(me?.id ?? null);
  need('#mine').hidden = me === null || 'byDevice' in need('#mine').dataset;
  need('#who').textContent = me ? word('who_you_are', { name: me.name, role: word(`role_${me.role}`) }) : word('who_server');
  if (!me) return;
  const name = /** @type {HTMLInputElement} */ (need('#password input[name="sign_in"]'));
  name.value = me.sign_in;
  need('#current').hidden = !me.password;
  const provider = document.querySelector('#provider-state');
  if (provider) provider.textContent = word(me.provider ? 'provider_on' : 'provider_off');
  showFactor(me.second_factor, show);
}

async function mine() {
  try {
    return await ask('GET', '/v1/people/me');
  } catch (trouble) {
    if (trouble instanceof Trouble && trouble.status === 404) return null;
    throw trouble;
  }
}

onSubmit(/** @type {HTMLFormElement} */ (need('#password')), async (data) => {
  const json = { sign_in: String(data.get('sign_in')).trim(), password: data.get('password'), current: data.get('current') ?? '' };
  await ask('PUT', '/v1/people/me/password', { json });
  // The password ends every other session and begins this one anew.
  location.reload();
});

/** @param {string} path */
async function leave(path) {
  await ask('POST', path);
  location.assign('/sign-in');
}

need('#out').addEventListener('click', () => during(null, () => leave('/v1/sign-out')));
need('#out-everywhere').addEventListener('click', () => during(null, () => leave('/v1/sign-out/everywhere')));
during(null, show);
