/** Buttons that copy what stands beside them. */

import { word } from './dom.js';

const SHOWN_MS = 2000;

/** Make every `data-copy` button work. */
export function enableCopying() {
  for (const button of document.querySelectorAll('button[data-copy]')) {
    if (button instanceof HTMLButtonElement) button.addEventListener('click', () => copy(button));
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const usual = button.dataset.usual ?? button.textContent ?? '';
  button.dataset.usual = usual;
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? '');
    button.textContent = word('copied');
  } catch {
    button.textContent = word('copy_failed');
  }
  setTimeout(() => { button.textContent = usual; }, SHOWN_MS);
}
