/** The people page: who is in the team, what each may, who is invited, and all devices. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { showDevices } from './devices.js';
import { invite, showInvitations } from './inviting.js';
import { askBack, button, during, onSubmit, tell } from './page.js';

/** @typedef {{ id: string, name: string, role: string, disabled: boolean, sign_in: string, password: boolean, second_factor: boolean, provider: boolean }} Person */

async function show() {
  const { people } = await ask('GET', '/v1/people');
  need('#nobody').hidden = people.length > 0;
  need('#people').replaceChildren(...people.map(row));
}

/** @param {Person} one */
function row(one) {
  const shut = one.disabled ? word('shut_out') : '';
  const ways = [one.password && word('password'), one.second_factor && word('factor'), one.provider && word('provider_own')];
  const told = [shut, one.sign_in, ...ways].filter(Boolean).join(' · ');
  return element('li', {}, element('span', { class: 'names' }, element('span', {}, one.name), element('span', { class: 'hint' }, told)),
    roleOf(one),
    button(word('add_device'), () => invite({ person: one.id }), { 'aria-label': word('add_device_of', { name: one.name }) }),
    button(word('person_edit'), () => edit(one), { 'aria-label': word('person_edit_of', { name: one.name }) }),
    disabling(one),
    button(word('remove_it'), () => remove(one), { 'aria-label': word('person_remove_of', { name: one.name }) }));
}

/** @param {Person} one */
function disabling(one) {
  const [text, label] = one.disabled ? [word('let_in'), word('let_in_of', { name: one.name })] : [word('shut'), word('shut_of', { name: one.name })];
  return button(text, () => change(one, { disabled: !one.disabled }), { 'aria-label': label });
}

/** @param {Person} one */
function roleOf(one) {
  const select = /** @type {HTMLSelectElement} */ (element('select', { 'aria-label': word('role_of', { name: one.name }) }));
  select.append(/** @type {HTMLTemplateElement} */ (need('#roles')).content.cloneNode(true));
  select.value = one.role;
  select.addEventListener('change', () => during(null, () => change(one, { role: select.value })));
  return select;
}

/**
 * @param {Person} one
 * @param {Record<string, unknown>} json
 */
async function change(one, json) {
  try {
    await ask('PATCH', `/v1/people/${encodeURIComponent(one.id)}`, { json });
    tell(word('saved'));
  } finally {
    await show();
  }
}

/** @param {Person} one */
async function edit(one) {
  const name = /** @type {HTMLInputElement} */ (element('input', { type: 'text', required: '', maxlength: '100', value: one.name }));
  const signIn = /** @type {HTMLInputElement} */ (element('input', { type: 'text', maxlength: '200', value: one.sign_in, spellcheck: 'false' }));
  const reset = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox' }));
  const body = [
    element('p', {}, element('label', {}, `${word('person_name')} `, name)),
    element('p', {}, element('label', {}, `${word('person_sign_in')} `, signIn)),
    element('p', { class: 'hint' }, word('person_sign_in_hint')),
    element('p', {}, element('label', { class: 'check' }, reset, ` ${word('person_reset')}`)),
  ];
  if (!await askBack({ title: word('person_edit_of', { name: one.name }), body, yes: word('save') })) return;
  if (reset.checked) await ask('DELETE', `/v1/people/${encodeURIComponent(one.id)}/sign-in`);
  await change(one, { name: name.value, sign_in: signIn.value.trim() });
}

/** @param {Person} one */
async function remove(one) {
  const sure = await askBack({ title: word('person_remove_of', { name: one.name }), body: [element('p', {}, word('person_remove_what'))], yes: word('remove_it') });
  if (!sure) return;
  await ask('DELETE', `/v1/people/${encodeURIComponent(one.id)}`);
  await show();
  await showDevices();
}

const form = /** @type {HTMLFormElement} */ (need('#invite'));
onSubmit(form, async (data) => {
  await invite({ name: String(data.get('name')).trim(), role: data.get('role') });
  form.reset();
});
during(null, async () => {
  await show();
  await showInvitations();
  await showDevices();
});
