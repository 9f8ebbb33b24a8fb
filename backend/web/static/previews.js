/** Pictures of attached files; one address a file, for as long as the page is open. */

import { element, word } from './dom.js';

/** @type {WeakMap<File, string>} */
const addresses = new WeakMap();

/**
 * @param {File} file
 * @returns {HTMLImageElement}
 */
export function pictureOf(file) {
  const address = addresses.get(file) ?? URL.createObjectURL(file);
  addresses.set(file, address);
  const picture = element('img', { src: address, alt: word('sent_picture', { name: file.name }) });
  return /** @type {HTMLImageElement} */ (picture);
}
