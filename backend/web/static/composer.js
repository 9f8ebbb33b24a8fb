/** A box, its files and its button, as a site would have them: the file input is the only truth about files. */

import { element, need, word } from './dom.js';
import { pictureOf } from './previews.js';

/** @typedef {'post' | 'ai'} Kind */

export class Composer extends EventTarget {
  /** @param {Kind} kind */
  constructor(kind) {
    super();
    this.kind = kind;
    this.box = need(`[data-secondlook-try="${kind}"]`);
    this.input = /** @type {HTMLInputElement} */ (need(`[data-secondlook-file="${kind}"]`));
    this.previews = need(`[data-previews="${kind}"]`);
    this.button = need(`[data-secondlook-send="${kind}"]`);
    this.#listen();
  }

  get text() {
    const text = this.box instanceof HTMLTextAreaElement ? this.box.value : this.box.innerText;
    return text.replace(/\n$/, '');
  }

  get files() {
    return [...(this.input.files ?? [])];
  }

  get isEmpty() {
    return this.text.trim() === '' && this.files.length === 0;
  }

  /**
   * Put a text in place of what is there, by the way that typing takes, so that undo works.
   * @param {string} text
   */
  write(text) {
    this.box.focus();
    if (this.box instanceof HTMLTextAreaElement) this.box.select();
    else getSelection()?.selectAllChildren(this.box);
    document.execCommand('insertText', false, text);
  }

  /** @param {File[]} files in place of those that are attached */
  attach(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.input.files = transfer.files;
    this.input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  clear() {
    if (this.box instanceof HTMLTextAreaElement) this.box.value = '';
    else this.box.replaceChildren();
    this.input.value = '';
    this.#changed();
  }

  #listen() {
    this.box.addEventListener('input', () => this.#changed());
    this.input.addEventListener('change', () => this.#changed());
    this.button.addEventListener('click', () => this.dispatchEvent(new Event('send')));
    this.box.addEventListener('paste', (event) => this.#paste(/** @type {ClipboardEvent} */ (event)));
    const panel = /** @type {HTMLElement} */ (this.box.closest('.composer'));
    panel.addEventListener('dragover', (event) => event.preventDefault());
    panel.addEventListener('drop', (event) => this.#drop(/** @type {DragEvent} */ (event)));
    if (this.kind === 'ai') this.box.addEventListener('keydown', (event) => this.#enter(/** @type {KeyboardEvent} */ (event)));
  }

  #changed() {
    this.previews.replaceChildren(...this.files.map((file) => this.#preview(file)));
    this.dispatchEvent(new Event('change'));
  }

  /** @param {File} file */
  #preview(file) {
    const remove = element('button', { type: 'button', class: 'remove', 'aria-label': word('remove', { name: file.name }) }, '×');
    remove.addEventListener('click', () => {
      this.attach(this.files.filter((other) => other !== file));
      this.input.focus();
    });
    return element('span', { class: 'preview' }, pictureOf(file), remove);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const files = imagesIn(event.clipboardData);
    if (files.length === 0 && this.box instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    if (files.length > 0) this.attach([...this.files, ...files]);
    else document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '');
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const files = imagesIn(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    this.attach([...this.files, ...files]);
  }

  /**
   * An Enter that ends the composing of a word (Chinese, Vietnamese) is not a send.
   * @param {KeyboardEvent} event
   */
  #enter(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.dispatchEvent(new Event('send'));
  }
}

/** @param {DataTransfer | null} transfer */
function imagesIn(transfer) {
  return [...(transfer?.files ?? [])].filter((file) => file.type.startsWith('image/'));
}
