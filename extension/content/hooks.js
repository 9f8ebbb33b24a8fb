/**
 * The first ears on the window. Capture listeners that are added at document_start
 * run before any of the page's own, so what is stopped here the page never sees.
 */
const hooks = (() => {
  const TYPES = [
    'pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'auxclick', 'pointercancel', 'touchstart', 'touchend',
    'keydown', 'keypress', 'keyup', 'submit', 'beforeinput', 'input', 'change', 'paste', 'drop', 'focusin', 'focusout', 'blur', 'scroll', 'resize',
    'beforetoggle',
  ];
  /** What is at most hidden: a touch that is held would end without its click. */
  const PASSIVE = new Set(['scroll', 'touchstart', 'touchend']);
  /** @type {Map<string, ((event: any) => void)[]>} */
  const handlers = new Map();
  /** @type {WeakSet<Event>} */
  const stopped = new WeakSet();

  /**
   * @param {string} types separated by spaces
   * @param {(event: any) => void} handler
   */
  function on(types, handler) {
    for (const type of types.split(' ')) handlers.set(type, [...(handlers.get(type) ?? []), handler]);
  }

  /** @param {Event} event */
  function dispatch(event) {
    for (const handler of handlers.get(event.type) ?? []) {
      if (stopped.has(event)) return;
      attempt(handler, event);
    }
  }

  /**
   * Listen to an input that stands in no document: its events come by no window.
   * @param {Element} input
   */
  function adopt(input) {
    for (const type of ['input', 'change']) input.addEventListener(type, dispatch, { capture: true });
  }

  /**
   * One ear that fails must not deafen the others.
   * @param {(event: Event) => void} handler
   * @param {Event} event
   */
  function attempt(handler, event) {
    try {
      handler(event);
    } catch (error) {
      console.error(error);
    }
  }

  /**
   * Hold an event: neither the page nor the browser acts on it.
   * @param {Event} event
   */
  function hold(event) {
    event.preventDefault();
    hide(event);
  }

  /**
   * Hide an event from the page and leave it to the browser.
   * @param {Event} event
   */
  function hide(event) {
    stopped.add(event);
    event.stopImmediatePropagation();
  }

  /**
   * The innermost element of an event, inside closed shadow roots too.
   * @param {Event} event
   * @returns {Element | null}
   */
  function target(event) {
    let found = /** @type {Element | null} */ (event.composedPath()[0] ?? null);
    while (nodes.isElement(found)) {
      const root = shadowOf(found);
      const inner = root && innermost(root, event);
      if (!inner || inner === found) break;
      found = inner;
    }
    return nodes.isElement(found) ? found : null;
  }

  /**
   * Chromium has a function for closed roots, Firefox a property. The function throws
   * once the extension has been updated under an open page; open roots are still seen then.
   * @param {any} element
   * @returns {ShadowRoot | null}
   */
  function shadowOf(element) {
    try {
      return element.openOrClosedShadowRoot ?? chrome.dom?.['openOrClosedShadowRoot']?.(element) ?? null;
    } catch {
      return element.shadowRoot;
    }
  }

  /**
   * @param {ShadowRoot} root
   * @param {Event} event
   */
  function innermost(root, event) {
    const { clientX, clientY } = /** @type {MouseEvent} */ (event);
    return clientX || clientY ? root.elementFromPoint(clientX, clientY) : root.activeElement;
  }

  function listen() {
    for (const type of TYPES) addEventListener(type, dispatch, { capture: true, passive: PASSIVE.has(type) });
  }

  listen();
  // document.open() takes the window's listeners away; adding the same one twice is harmless.
  new MutationObserver(listen).observe(document, { childList: true });

  return { on, adopt, hold, hide, target };
})();
