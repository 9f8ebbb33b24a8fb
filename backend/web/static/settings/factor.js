/** The second factor: an authenticator app by QR code, recovery codes once, and how to take it away. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { button, download, onSubmit, tell } from './page.js';

/**
 * @param {boolean} isOn
 * @param {() => Promise<void>} changed
 */
export function showFactor(isOn, changed) {
  const place = need('#factor');
  if (isOn) place.replaceChildren(element('p', {}, word('factor_on')), away(changed));
  else place.replaceChildren(button(word('factor_begin'), () => begin(changed)));
}

/** @param {() => Promise<void>} changed */
async function begin(changed) {
  const begun = await ask('POST', '/v1/people/me/second-factor');
  const address = URL.createObjectURL(new Blob([begun.svg], { type: 'image/svg+xml' }));
  const picture = element('img', { src: address, alt: word('factor_picture'), width: '220', height: '220' });
  picture.addEventListener('load', () => URL.revokeObjectURL(address));
  const form = codeForm(word('factor_prove'), async (code) => {
    const { recovery_codes: codes } = await ask('PUT', '/v1/people/me/second-factor', { json: { sealed: begun.sealed, code } });
    showRecovery(codes, changed);
  });
  need('#factor').replaceChildren(element('p', {}, word('factor_scan')), element('p', {}, picture),
    element('p', {}, `${word('factor_key')} `, element('code', { translate: 'no' }, begun.key)), form);
  need('input', form).focus();
}

/**
 * @param {string[]} codes
 * @param {() => Promise<void>} changed
 */
function showRecovery(codes, changed) {
  const place = need('#factor');
  const list = element('ul', { translate: 'no' }, ...codes.map((one) => element('li', {}, element('code', {}, one))));
  const file = new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' });
  const save = button(word('recovery_save'), () => download('second-look-recovery.txt', file));
  const acts = element('p', { class: 'row' }, save, button(word('recovery_done'), changed));
  place.replaceChildren(element('h3', {}, word('recovery')), element('p', {}, word('recovery_how')), list, acts);
  place.focus();
}

/** @param {() => Promise<void>} changed */
function away(changed) {
  return codeForm(word('factor_away'), async (code) => {
    await ask('DELETE', '/v1/people/me/second-factor', { json: { code } });
    tell(word('saved'));
    await changed();
  });
}

/**
 * @param {string} label of the button
 * @param {(code: string) => Promise<void>} send
 */
function codeForm(label, send) {
  const input = element('input', { name: 'code', type: 'text', required: '', maxlength: '40', autocomplete: 'one-time-code', spellcheck: 'false' });
  const named = element('label', {}, `${word('factor_code')} `, input);
  const press = element('button', { class: 'quiet', type: 'submit' }, label);
  const form = /** @type {HTMLFormElement} */ (element('form', { class: 'row' }, named, press));
  onSubmit(form, (data) => send(String(data.get('code'))));
  return form;
}
