/** What all pages of the settings share: telling, asking back, buttons, numbers and days. */

import { Trouble } from '../api.js';
import { element, need, word } from '../dom.js';

const SHOWN_MS = 8000;
const tag = document.documentElement.lang;
const numbers = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
const days = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
const shortDays = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
let timer = 0;

/** @param {number} value */
export function number(value) {
  return numbers.format(value);
}

/** @param {string} iso a day such as 2026-11-24 */
export function day(iso) {
  return iso ? days.format(new Date(`${iso}T00:00:00Z`)) : '';
}

/** @param {string} iso a day without its year */
export function monthDay(iso) {
  return shortDays.format(new Date(`${iso}T00:00:00Z`));
}

/** @param {string} iso */
export function moment(iso) {
  const when = new Date(iso);
  return Number.isNaN(when.getTime()) ? iso : moments.format(when);
}

/**
 * @param {string} text
 * @param {() => unknown} act
 * @param {Record<string, string>} [attributes]
 */
export function button(text, act, attributes = {}) {
  const made = /** @type {HTMLButtonElement} */ (element('button', { type: 'button', class: 'quiet', ...attributes }, text));
  made.addEventListener('click', () => during(made, act));
  return made;
}

/**
 * Tell something; what can be undone stays until it is closed.
 * @param {string} text
 * @param {() => unknown} [undo]
 * @param {boolean} [isTrouble]
 */
export function tell(text, undo, isTrouble = false) {
  clearTimeout(timer);
  const place = need('#told');
  const close = element('button', { type: 'button', class: 'quiet', 'aria-label': word('close') }, '×');
  const note = element('div', { class: isTrouble ? 'note trouble' : 'note' }, element('p', {}, text));
  const end = () => { if (note.isConnected) place.replaceChildren(); };
  if (undo) note.append(button(word('undo'), async () => { end(); await undo(); }, { id: 'told-undo' }));
  close.addEventListener('click', end);
  note.append(close);
  place.replaceChildren(note);
  if (!undo && !isTrouble) timer = setTimeout(end, SHOWN_MS);
}

/**
 * Do something that asks the server, and tell what went wrong.
 * @param {HTMLButtonElement | null} pressed not to be pressed again meanwhile
 * @param {() => unknown} work
 */
export async function during(pressed, work) {
  if (pressed) pressed.disabled = true;
  try {
    await work();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    const details = trouble.errors.map(({ detail }) => detail).slice(0, 3).join('; ');
    tell(details ? `${trouble.message} (${details})` : trouble.message, undefined, true);
  } finally {
    if (pressed) pressed.disabled = false;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {(data: FormData) => unknown} work
 */
export function onSubmit(form, work) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(form.querySelector('button[type="submit"]'), () => work(new FormData(form)));
  });
}

/**
 * Ask back in a dialog; the safe answer is the one that Escape gives.
 * @param {{ title: string, body: (Node | string)[], yes: string, wide?: boolean }} question
 * @returns {Promise<boolean>}
 */
export function askBack({ title, body, yes, wide = false }) {
  const ok = element('button', { class: 'button', value: 'yes' }, yes);
  const isPlain = !body.some((one) => one instanceof Element && one.querySelector('input, select, textarea'));
  const no = element('button', { class: 'quiet', value: '', formnovalidate: '', ...(isPlain ? { autofocus: '' } : {}) }, word('cancel'));
  const form = element('form', { method: 'dialog' }, element('h2', { id: 'ask-title' }, title), ...body, element('p', { class: 'actions' }, ok, no));
  const dialog = /** @type {HTMLDialogElement} */ (element('dialog', { 'aria-labelledby': 'ask-title', class: wide ? 'wide' : '' }, form));
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
  });
}

/**
 * Files chosen, dropped or pasted at one place.
 * @param {string} id of a dropzone
 * @param {(files: File[]) => unknown} take
 */
export function onFiles(id, take) {
  const zone = need(`#${id}`);
  const input = /** @type {HTMLInputElement} */ (need('input[type="file"]', zone));
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length > 0) take(files);
  });
  acceptDrops(zone, take);
}

/**
 * @param {HTMLElement} zone
 * @param {(files: File[]) => unknown} take
 */
export function acceptDrops(zone, take) {
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    zone.classList.remove('over');
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}

/**
 * @param {string} name
 * @param {Blob} content
 */
export function download(name, content) {
  const address = URL.createObjectURL(content);
  const link = /** @type {HTMLAnchorElement} */ (element('a', { href: address, download: name }));
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), SHOWN_MS);
}

/**
 * Call something when a person has rested.
 * @param {() => unknown} work
 * @param {number} ms
 */
export function rested(work, ms = 250) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(work, ms);
  };
}
