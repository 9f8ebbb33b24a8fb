/** Small helpers for building and finding elements; text is always set as text. */

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function drawing(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * The element that the page cannot do without.
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement}
 */
export function need(selector, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`missing on this page: ${selector}`);
  return found;
}

/**
 * Set the text of a status line without touching its other children.
 * @param {HTMLElement} line
 * @param {string} text
 */
export function say(line, text) {
  need('[data-text]', line).textContent = text;
}

/** @type {Record<string, string>} */
const words = JSON.parse(document.body.dataset.words ?? '{}');

/**
 * The wording of a key in the page's language, its `{gaps}` filled; of `one | many` the first is for a `{count}` of 1.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function word(key, values = {}) {
  const forms = (words[key] ?? key).split(' | ');
  return fill(String(values.count) === '1' ? forms[0] : forms[forms.length - 1], values);
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
