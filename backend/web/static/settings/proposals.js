/** Another policy, by a profile, by four questions or by a file: what would change is seen before it does. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { askBack, during, onFiles, onSubmit, tell } from './page.js';
import { withVersion } from './policing.js';

/** @typedef {{ id: string, text: string, many: boolean, usual: string[], answers: { id: string, text: string }[] }} Question */

const form = /** @type {HTMLFormElement} */ (need('#profiles'));
const choice = /** @type {HTMLSelectElement} */ (need('select', form));

export async function showProfiles() {
  const { profiles } = await ask('GET', '/v1/policy/profiles');
  choice.replaceChildren(...profiles.map((/** @type {any} */ { id, name }) => element('option', { value: id }, name)));
  const about = () => { need('#profile-about').textContent = profiles.find((/** @type {any} */ { id }) => id === choice.value)?.explanation ?? ''; };
  choice.addEventListener('change', about);
  about();
}

/** @param {() => Promise<void>} show */
export function listenToProposals(show) {
  onSubmit(form, (data) => propose({ profile: data.get('profile') }, show));
  need('#questions').addEventListener('click', () => during(/** @type {HTMLButtonElement} */ (need('#questions')), () => askQuestions(show)));
  onFiles('policy-drop', ([file]) => during(null, async () => propose({ toml: await file.text() }, show)));
}

/**
 * @param {Record<string, unknown>} proposal
 * @param {() => Promise<void>} show
 */
async function propose(proposal, show) {
  const { content: { differences, not_usable: lost }, version } = await withVersion('POST', '/v1/policy/differences', proposal);
  if (differences.length === 0) return tell(word('changes_none'));
  const body = [differencesOf(differences), ...(lost.length > 0 ? [element('p', { class: 'wrong' }, word('not_usable', { names: lost.join(', ') }))] : [])];
  if (!await askBack({ title: word('changes_title'), body, yes: word('changes_take'), wide: true })) return;
  await ask('POST', '/v1/policy/import', { json: proposal, seen: version });
  await show();
  tell(word('policy_taken'));
}

/** @param {{ key: string, before: unknown, after: unknown }[]} differences */
function differencesOf(differences) {
  const head = ['changes_key', 'changes_before', 'changes_after'].map((key) => element('th', { scope: 'col' }, word(key)));
  const cells = (/** @type {unknown[]} */ ...values) => values.map((value) => element('td', {}, said(value)));
  const rows = differences.map(({ key, before, after }) => element('tr', {}, element('th', { scope: 'row', class: 'rule' }, key), ...cells(before, after)));
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': word('changes_title') },
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)));
}

/** @param {unknown} value */
function said(value) {
  if (value === null || value === undefined) return word('as_usual');
  return Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** @param {() => Promise<void>} show */
async function askQuestions(show) {
  const { questions } = await ask('GET', '/v1/policy/questions');
  const groups = /** @type {Question[]} */ (questions).map(question);
  if (!await askBack({ title: word('ask_me'), body: groups, yes: word('see_changes'), wide: true })) return;
  const chosen = (/** @type {HTMLElement} */ group) => [...group.querySelectorAll('input:checked')].map((one) => /** @type {HTMLInputElement} */ (one).value);
  const answers = Object.fromEntries(groups.map((group) => [group.dataset.question, chosen(group)]));
  await propose({ answers }, show);
}

/** @param {Question} question */
function question({ id, text, many, usual, answers }) {
  const rows = answers.map((answer) => {
    const box = element('input', { type: many ? 'checkbox' : 'radio', name: `question-${id}`, value: answer.id, ...(usual.includes(answer.id) ? { checked: '' } : {}) });
    return element('p', {}, element('label', { class: 'check' }, box, ` ${answer.text}`));
  });
  return element('fieldset', { class: 'plain', 'data-question': id }, element('legend', {}, element('strong', {}, text)), ...rows);
}
