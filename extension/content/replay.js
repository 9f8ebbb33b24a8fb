/** Doing again what was held: the same events, at the same place, in the same order. */
const replay = (() => {
  const QUIET = 2000;
  const POINTER = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
  const FINGER = ['pointerdown', 'touchstart', 'pointerup', 'touchend', 'mousedown', 'mouseup', 'click'];

  /**
   * A press of a send control. Some sites post on pointerdown, so all five events come,
   * and those of a finger where it was one.
   * @param {Element} target
   * @param {MouseEvent} event
   * @param {boolean} [finger]
   */
  function press(target, event, finger = false) {
    for (const type of finger ? FINGER : POINTER) target.dispatchEvent(type.startsWith('touch') ? touch(type, target, event) : pointer(type, event));
  }

  /**
   * @param {string} type
   * @param {Element} target
   * @param {MouseEvent} from
   */
  function touch(type, target, { clientX, clientY, screenX, screenY }) {
    const point = new Touch({ identifier: 1, target, clientX, clientY, screenX, screenY });
    const touches = type === 'touchstart' ? [point] : [];
    return new TouchEvent(type, { bubbles: true, cancelable: true, composed: true, touches, targetTouches: touches, changedTouches: [point] });
  }

  /**
   * @param {string} type
   * @param {MouseEvent} from
   */
  function pointer(type, from) {
    const { clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey } = from;
    const down = type.endsWith('down');
    const init = {
      bubbles: true, cancelable: true, composed: true, view: window, detail: type.startsWith('pointer') ? 0 : 1,
      button: 0, buttons: down ? 1 : 0, clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey,
    };
    if (type === 'mousedown' || type === 'mouseup') return new MouseEvent(type, init);
    return new PointerEvent(type, { ...init, pointerId: 1, pointerType: 'mouse', isPrimary: true, pressure: down ? 0.5 : 0 });
  }

  /**
   * @param {Element} target
   * @param {KeyboardEvent} event
   */
  function key(target, event) {
    const { key: name, code, location, ctrlKey, shiftKey, altKey, metaKey } = event;
    const init = {
      key: name, code, location, ctrlKey, shiftKey, altKey, metaKey, keyCode: 13, which: 13,
      bubbles: true, cancelable: true, composed: true, view: window,
    };
    const down = target.dispatchEvent(new KeyboardEvent('keydown', init));
    if (down) target.dispatchEvent(new KeyboardEvent('keypress', { ...init, charCode: 13 }));
    target.dispatchEvent(new KeyboardEvent('keyup', init));
  }

  /**
   * Call `refused` when the page did not stir at all: then it takes only the person's own press.
   * @param {Composer} composer
   * @param {Draft} draft
   * @param {() => void} again
   * @param {() => void} refused
   */
  function attend(composer, draft, again, refused) {
    let stirred = false;
    const observer = new MutationObserver(() => (stirred = true));
    const around = nodes.isElement(composer.root) ? (composer.root.parentElement ?? composer.root) : document.body;
    observer.observe(around, { subtree: true, childList: true, attributes: true, characterData: true });
    again();
    setTimeout(() => {
      observer.disconnect();
      if (!stirred && composer.box.isConnected && watch.draftOf(composer).text === draft.text && draft.text.trim()) refused();
    }, QUIET);
  }

  return { press, key, attend };
})();
