/** The page for signing in: name and password, and where there is one the second factor. */

import { ask, Trouble } from '../api.js';
import { need, word } from '../dom.js';
import { onSubmit, tell } from './page.js';

const form = /** @type {HTMLFormElement} */ (need('#sign-in'));

/** @param {FormData} data */
async function enter(data) {
  try {
    const json = { sign_in: data.get('sign_in'), password: data.get('password'), code: data.get('code') ?? '' };
    await ask('POST', '/v1/sign-in', { json });
    location.assign('/settings');
  } catch (trouble) {
    if (!(trouble instanceof Trouble) || trouble.kind !== 'second_factor_needed') throw trouble;
    showCode();
  }
}

function showCode() {
  need('#code-label').hidden = false;
  need('#code-label input').focus();
  tell(word('factor_now'));
}

onSubmit(form, enter);
