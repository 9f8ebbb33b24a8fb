/** Pairing: show the server's code for each extension that asks, and approve or refuse it. */

import { ask, Trouble } from './api.js';
import { element, need, say, word } from './dom.js';
import { presence } from './extension.js';

const EVERY_MS = 1000;

/**
 * @typedef {object} Pairing
 * @property {string} id
 * @property {string} code
 * @property {string} name
 * @property {'waiting' | 'approved' | 'refused' | 'expired'} state
 * @property {number} expires_in seconds
 */

/**
 * Keep the list of waiting pairings up to date until the extension is paired.
 * @param {HTMLElement} list
 * @param {HTMLElement} status
 */
export async function watchPairings(list, status) {
  /** @type {Map<string, HTMLElement>} */
  const cards = new Map();
  let seen = false;
  for (;;) {
    if (presence().paired) return finish(list, status);
    if (!document.hidden) {
      try {
        const waiting = await pairingsWaiting();
        seen ||= waiting.length > 0;
        show(list, cards, waiting, status);
        if (seen && waiting.length === 0 && status.dataset.decided !== 'true') say(status, word('expired'));
      } catch (trouble) {
        if (tellTrouble(status, trouble) === 401) return;
      }
    }
    await pause();
  }
}

/** @returns {Promise<Pairing[]>} */
async function pairingsWaiting() {
  const { pairings } = await ask('GET', '/v1/pairings');
  return pairings.filter((/** @type {Pairing} */ pairing) => pairing.state === 'waiting');
}

function pause() {
  return new Promise((resolve) => { setTimeout(resolve, EVERY_MS); });
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} status
 */
function finish(list, status) {
  list.replaceChildren();
  status.hidden = true;
}

/**
 * @param {HTMLElement} status
 * @param {unknown} trouble
 */
function tellTrouble(status, trouble) {
  if (!(trouble instanceof Trouble)) throw trouble;
  status.hidden = false;
  say(status, trouble.message);
  return trouble.status;
}

/**
 * Add new cards, refresh those that stay, take away those that are over: a card under the
 * person's finger is never rebuilt.
 * @param {HTMLElement} list
 * @param {Map<string, HTMLElement>} cards
 * @param {Pairing[]} waiting
 * @param {HTMLElement} status
 */
function show(list, cards, waiting, status) {
  const ids = new Set(waiting.map(({ id }) => id));
  for (const [id, card] of cards) {
    if (!ids.has(id)) {
      card.remove();
      cards.delete(id);
    }
  }
  for (const pairing of waiting) {
    if (!cards.has(pairing.id)) {
      const made = makeCard(pairing, status);
      cards.set(pairing.id, made);
      list.append(made);
    }
    const left = cards.get(pairing.id)?.querySelector('.code-left');
    if (left) left.textContent = word('code_left', { seconds: Math.max(0, Math.round(pairing.expires_in)) });
  }
  if (waiting.length > 0) delete status.dataset.decided;
  status.hidden = waiting.length > 0;
}

/**
 * @param {Pairing} pairing
 * @param {HTMLElement} status
 */
function makeCard(pairing, status) {
  const approve = element('button', { type: 'button', class: 'button', 'data-approve': '' }, word('approve'));
  const refuse = element('button', { type: 'button', class: 'quiet', 'data-refuse': '' }, word('refuse'));
  const { name, code } = pairing;
  const card = element('div', { class: 'pairing', 'data-pairing': pairing.id },
    element('p', { class: 'code-from' }, word('code_from', { name })),
    element('p', { class: 'code', role: 'img', 'aria-label': `${word('code_label', { name })}: ${spoken(code)}` }, code),
    element('p', { class: 'code-left hint', 'aria-live': 'off' }),
    element('p', { class: 'actions' }, approve, refuse));
  approve.addEventListener('click', () => decide(card, pairing.id, 'approve', status));
  refuse.addEventListener('click', () => decide(card, pairing.id, 'refuse', status));
  return card;
}

/**
 * A screen reader should say digit after digit, not a number in the hundred thousands.
 * @param {string} code
 */
function spoken(code) {
  return [...code].filter((sign) => sign.trim()).join(' ');
}

/**
 * @param {HTMLElement} card
 * @param {string} id
 * @param {'approve' | 'refuse'} answer
 * @param {HTMLElement} status
 */
async function decide(card, id, answer, status) {
  const buttons = card.querySelectorAll('button');
  for (const button of buttons) button.disabled = true;
  need('[data-approve]', card).textContent = word(answer === 'approve' ? 'approving' : 'approve');
  try {
    await ask('POST', `/v1/pairings/${encodeURIComponent(id)}/${answer}`);
    card.remove();
    status.hidden = false;
    status.dataset.decided = 'true';
    say(status, word(answer === 'approve' ? 'approved' : 'refused'));
  } catch (trouble) {
    need('[data-approve]', card).textContent = word('approve');
    for (const button of buttons) button.disabled = false;
    tellTrouble(status, trouble);
  }
}
