/**
 * The ground that everything shown stands on: one host element with a closed shadow
 * root, whose parts are shown in the browser's top layer. Their clicks are taken at
 * the window's capture hook and only when trusted, so a page neither sees nor makes one.
 */
const surface = (() => {
  /** @type {HTMLElement | null} */
  let host = null;
  /** @type {ShadowRoot | null} */
  let root = null;
  /** @type {WeakMap<Element, () => void>} */
  const actions = new WeakMap();
  /** @type {WeakMap<Element, () => void>} */
  const escapes = new WeakMap();
  const SVG = 'http://www.w3.org/2000/svg';

  const ICONS = {
    look: ['M2.5 12s3.5-6.5 9.5-6.5S21.5 12 21.5 12s-3.5 6.5-9.5 6.5S2.5 12 2.5 12Z', 'M12 9.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 0 0 0-5.6Z'],
    clear: ['M5 12.5l4.5 4.5L19 7.5'],
    note: ['M12 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7Z'],
    warn: ['M12 4.5L21 19.5H3Z', 'M12 10.5v4', 'M12 17v.1'],
    stop: ['M8 3.5h8L20.5 8v8L16 20.5H8L3.5 16V8Z', 'M12 8v5', 'M12 16v.1'],
    gap: ['M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17Z', 'M9.6 9.6a2.5 2.5 0 1 1 3.4 2.3c-.7.3-1 .8-1 1.6', 'M12 16.5v.1'],
    checking: ['M12 3.5a8.5 8.5 0 0 1 8.5 8.5'],
    close: ['M6 6l12 12', 'M18 6L6 18'],
    file: ['M6 3.5h8l4.5 4.5v12.500H6Z', 'M14 3.500v5h4.500'],
  };

  /** What a page puts on the host (`inert`, `hidden`, a style) is taken off again. */
  const bare = new MutationObserver(() => host?.getAttributeNames().forEach((name) => host?.removeAttribute(name)));

  /** Make the ground, or put it back where a page took it away. */
  function ground() {
    host ??= makeHost();
    if (host.parentNode !== document.documentElement) document.documentElement.append(host);
    return /** @type {ShadowRoot} */ (root);
  }

  /**
   * The host has no name, no attribute and no style that a page could know it by: what
   * it looks like is said inside, where `:host` with !important wins over the page's own.
   */
  function makeHost() {
    const made = document.createElement('div');
    root = made.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    bare.observe(made, { attributes: true });
    return made;
  }

  /** While nothing is shown, nothing of the extension is in the page. */
  function rest() {
    if (host && !root?.querySelector(':popover-open, dialog[open]')) host.remove();
  }

  /**
   * An element of the interface. `text` is set as text, never as markup.
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {{text?: string, act?: () => void, [attribute: string]: any}} [about]
   * @param {...(Node | null | undefined | false)} children
   * @returns {HTMLElementTagNameMap[T]}
   */
  function make(tag, about = {}, ...children) {
    const { text, act, ...attributes } = about;
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
    }
    if (text !== undefined) element.textContent = text;
    if (act) actions.set(element, act);
    element.append(.../** @type {Node[]} */ (children.filter(Boolean)));
    return element;
  }

  /** @param {keyof typeof ICONS} name */
  function icon(name) {
    const drawing = document.createElementNS(SVG, 'svg');
    drawing.setAttribute('viewBox', '0 0 24 24');
    drawing.setAttribute('aria-hidden', 'true');
    for (const line of ICONS[name]) {
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('d', line);
      drawing.append(path);
    }
    return drawing;
  }

  /**
   * Put a part on the ground; it is shown by its own showPopover() or showModal().
   * @template {HTMLElement} T
   * @param {T} part
   * @param {() => void} [escape] what the Escape key does in it
   * @returns {T}
   */
  function place(part, escape) {
    part.classList.add('ui');
    part.lang = words.tag();
    if (escape) escapes.set(part, escape);
    const all = ground();
    if (part.getRootNode() !== all) all.append(part);
    return part;
  }

  /**
   * Show a popover above all that was shown before it.
   * @param {HTMLElement} part
   */
  function raise(part) {
    ground();
    if (part.matches(':popover-open')) part.hidePopover();
    part.showPopover();
  }

  /**
   * Take a part away, and the host with the last of them.
   * @param {HTMLElement} part
   */
  function lower(part) {
    if (part.matches(':popover-open')) part.hidePopover();
    if (part instanceof HTMLDialogElement && part.open) part.close();
    rest();
  }

  /**
   * Whether a part stands where it was put, on top of all that the page shows.
   * @param {HTMLElement} part
   */
  function isOnTop(part) {
    if (host?.parentNode !== document.documentElement) return false;
    const { left, top, width, height } = part.getBoundingClientRect();
    if (width < 8 || height < 8) return false;
    const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]];
    return points.every(([across, down]) => {
      const [x, y] = [left + width * across, top + height * down];
      return x < 0 || y < 0 || x >= innerWidth || y >= innerHeight || document.elementFromPoint(x, y) === host;
    });
  }

  /** @param {Event} event */
  function mine(event) {
    return host !== null && event.composedPath()[0] === host || event.target === host;
  }

  /** @param {MouseEvent} event */
  function inner(event) {
    const pointed = event.detail > 0 || event.clientX || event.clientY;
    return pointed ? root?.elementFromPoint(event.clientX, event.clientY) : root?.activeElement;
  }

  /** @param {Event} event */
  function own(event) {
    if (!host || !mine(event)) return;
    hooks.hide(event);
    if (!event.isTrusted) return;
    if (event instanceof KeyboardEvent) return key(event);
    if (event.type === 'pointerdown' || event.type === 'mousedown') return keepFocus(/** @type {MouseEvent} */ (event));
    if (event.type === 'click') click(/** @type {MouseEvent} */ (event));
  }

  /** @param {MouseEvent} event */
  function click(event) {
    for (let at = inner(event); at; at = at.parentElement) {
      const act = actions.get(at);
      // The second press of a double click was not meant for what has come up beneath it, nor one on what the page painted over it.
      if (act) return at.hasAttribute('data-careful') && (event.detail > 1 || cover.isVeiled()) ? undefined : act();
    }
  }

  /**
   * A press on the chip, the card or a button leaves the caret where the person writes:
   * an editor whose selection is taken out of it by a press in the dialog throws.
   * @param {MouseEvent} event
   */
  function keepFocus(event) {
    if (inner(event)?.closest('.chip, .card, .toast, button')) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.type === 'keydown' && event.key === 'Tab') return goRound(event);
    if (event.type !== 'keydown' || event.key !== 'Escape') return;
    for (let at = root?.activeElement; at; at = at.parentElement) escapes.get(at)?.();
  }

  /**
   * The safe choice is the last button and has the focus: one Tab further must not lead out of the
   * question, to the browser's own buttons, but to its first.
   * @param {KeyboardEvent} event
   */
  function goRound(event) {
    const dialog = root?.activeElement?.closest('dialog');
    const all = [...(dialog?.querySelectorAll('button') ?? [])].filter((one) => !one.disabled && one.checkVisibility());
    const [last, next] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (!last || root?.activeElement !== last) return;
    event.preventDefault();
    next?.focus();
  }

  hooks.on('pointerdown mousedown pointerup mouseup click auxclick touchstart touchend keydown keypress keyup focusin focusout', own);

  return {
    make, icon, place, raise, lower, isOnTop, mine,
    isHost: (/** @type {Element | null} */ element) => element !== null && element === host,
    focused: () => root?.activeElement ?? null,
  };
})();
