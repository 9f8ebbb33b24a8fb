/**
 * Files that are shared at once. An AI app uploads a file the moment it is attached,
 * so there the attaching itself is held until the file is read.
 */
const upload = (() => {
  /** What is held: replacing a file in it changes what the page will get. @type {{held: File[], items: Item[], swapped: boolean} | null} */
  let pending = null;
  let busy = false;
  /** @type {Set<string>} */
  const allowed = new Set();

  /**
   * @param {Event} event
   * @returns {{input: HTMLInputElement | null, carried: File[]}}
   */
  function cargo(event) {
    const target = hooks.target(event);
    if (event.type === 'change') {
      const input = nodes.isFileInput(target) ? target : null;
      return { input, carried: [...(input?.files ?? [])] };
    }
    const transfer = event.type === 'paste' ? /** @type {ClipboardEvent} */ (event).clipboardData : /** @type {DragEvent} */ (event).dataTransfer;
    return { input: null, carried: [...(transfer?.files ?? [])] };
  }

  /** @param {Event} event */
  function onFiles(event) {
    if (!event.isTrusted || !site.active()) return;
    const { input, carried } = cargo(event);
    const composer = composerOf(input ?? hooks.target(event));
    if (!carried.length || composer?.kind.files !== 'at-once') return;
    if (carried.every((file) => allowed.has(files.mark(file)))) return;
    hooks.hold(event);
    if (busy) return;
    const items = carried.map((file) => files.add(file, composer.box, input));
    ask(composer, event, input, carried, items);
  }

  /** @param {Element | null} element */
  function composerOf(element) {
    for (const around of site.climb(element)) {
      const own = site.composerAt(around);
      if (own) return own;
      for (const box of around.querySelectorAll('textarea, [contenteditable="true"]')) {
        const inside = site.composerAt(box);
        if (inside) return inside;
      }
    }
    return site.last();
  }

  /**
   * @param {Composer} composer
   * @param {Event} event
   * @param {HTMLInputElement | null} input
   * @param {File[]} held
   * @param {Item[]} items
   */
  async function ask(composer, event, input, held, items) {
    busy = true;
    pending = { held, items, swapped: false };
    const target = hooks.target(event);
    const kind = { ...composer.kind, channel: 'upload' };
    const now = pending;
    const audience = words.audience(kind.audience, site.name());
    const { outcome, judgement, asked } = await dialog.run({ current: () => watch.draft('', now.items, null, kind), audience });
    if (asked && judgement?.verdict?.findings.length) findings.decide(judgement.verdict, outcome === 'share' ? 'sent' : 'removed');
    busy = false;
    pending = null;
    if (outcome === 'share') hand(composer, event, target, input, now.held);
    else takeBack(input, now.items);
  }

  /**
   * @param {HTMLInputElement | null} input
   * @param {Item[]} items
   */
  function takeBack(input, items) {
    if (input) input.value = '';
    items.forEach(files.drop);
  }

  /**
   * Give the files to the page, as they came.
   * @param {Composer} composer
   * @param {Event} event
   * @param {Element | null} target
   * @param {HTMLInputElement | null} input
   * @param {File[]} given
   */
  function hand(composer, event, target, input, given) {
    for (const file of given) allowed.add(files.mark(file));
    const transfer = new DataTransfer();
    for (const file of given) transfer.items.add(file);
    const at = target?.isConnected ? target : composer.box;
    if (input) {
      input.files = transfer.files;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
    } else if (event.type === 'paste') {
      at.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true, composed: true }));
    } else {
      const { clientX, clientY } = /** @type {DragEvent} */ (event);
      at.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, clientX, clientY, bubbles: true, cancelable: true, composed: true }));
    }
    watch.touch(composer);
  }

  /**
   * Put a safe copy in the place of a held file.
   * @param {Item} item
   * @param {File} safe
   */
  function swap(item, safe) {
    if (!pending?.items.includes(item)) return false;
    pending.held = pending.held.map((file) => (files.mark(file) === files.mark(item.file) ? safe : file));
    pending.items = pending.items.map((other) => (other === item ? files.add(safe, item.box, item.input) : other));
    files.drop(item);
    return true;
  }

  hooks.on('change paste drop', onFiles);

  return { swap };
})();
