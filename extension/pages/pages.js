/** What popup and options share: asking the worker, words, and making elements without markup. */

/** @type {Record<string, string>} */
let table = {};

/**
 * @param {string} type
 * @param {unknown} [data]
 * @returns {Promise<any>} the value; a fault is thrown as an Error with its kind
 */
export async function ask(type, data = {}) {
  const { value, error } = await chrome.runtime.sendMessage({ type, data });
  if (error) throw Object.assign(new Error(error.kind), { kind: error.kind });
  return value;
}

/** Fetch the words and put them where the page asks for them with `data-say`. */
export async function translate() {
  const { language, words } = await ask('words');
  table = words;
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
  for (const element of asking('data-say')) element.textContent = say(element.getAttribute('data-say') ?? '');
  for (const element of asking('data-label')) element.setAttribute('aria-label', say(element.getAttribute('data-label') ?? ''));
  for (const element of asking('data-placeholder')) element.setAttribute('placeholder', say(element.getAttribute('data-placeholder') ?? ''));
}

/** @param {string} attribute */
function asking(attribute) {
  return document.querySelectorAll(`[${attribute}]`);
}

/**
 * @param {string} key
 * @param {...(string | number)} values for $1, $2, ...
 */
export function say(key, ...values) {
  return (table[key] ?? key).replace(/\$(\d)/g, (_, place) => String(values[place - 1] ?? ''));
}

/**
 * The element of the page with an id.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function need(id) {
  return /** @type {T} */ (document.getElementById(id));
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [about] attributes; `text` and `click` are special
 * @param {...Node} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, { text, click, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  if (text !== undefined) element.textContent = text;
  if (click) element.addEventListener('click', click);
  element.append(...children);
  return element;
}

/**
 * How the server is, in words.
 * @param {{server: {state: string}, paired: boolean}} overview
 * @returns {{text: string, tone: 'good' | 'bad' | 'open'}}
 */
export function serverWords({ server, paired }) {
  if (server.state === 'stopped' || server.state === 'slow') return { text: say('stateStopped'), tone: 'bad' };
  if (server.state === 'unreachable') return { text: say('stateUnreachable'), tone: 'bad' };
  if (server.state === 'unproven') return { text: say('stateUnproven'), tone: 'bad' };
  if (server.state !== 'running') return { text: say('stateTrouble'), tone: 'bad' };
  return paired ? { text: say('stateRunning'), tone: 'good' } : { text: say('stateUnpaired'), tone: 'open' };
}

/** @type {Record<string, string>} */
const EXPLAINED = {
  stopped: 'faultStopped', slow: 'faultSlow', foreign: 'faultForeign', old: 'faultOld', busy: 'faultBusy', failed: 'faultFailed',
  refused: 'faultRefused', address: 'faultAddress', missing: 'faultForeign',
  unproven: 'faultUnproven', unreachable: 'faultUnreachable', code: 'faultCode', token: 'faultToken',
};

/** @param {string} kind */
export function explain(kind) {
  return say(EXPLAINED[kind] ?? 'faultFailed');
}

/** @param {Site} site */
export function nameOf({ name, nameKey }) {
  return nameKey ? say(nameKey) : name;
}

/**
 * @param {string} id
 * @param {string} text nothing hides it
 */
export function tell(id, text) {
  need(id).hidden = !text;
  need(id).textContent = text;
}
