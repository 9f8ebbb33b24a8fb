/**
 * Whether something lies over what is shown. A page may open a dialog or a popover of its
 * own above ours, or paint over it with one that lets presses through. The first is seen
 * by asking what is on top; the second by the browser's own test of visibility, where it has one,
 * and everywhere by what the page opens in the top layer after ours.
 */
const cover = (() => {
  const EVERY = 200;
  /** After so many tries the page is left to itself; what is held stays held. */
  const MOST = 50;
  /** Whether the browser says that something lies over the part; null while it has not said. @type {boolean | null} */
  let veiled = null;
  let again = false;
  /** A page that covers and uncovers in turn must not get a press in between: it counts only after so long in the open. */
  const OPEN = 500;
  let lastCovered = -Infinity;
  let end = () => {};
  /** What the page has opened since ours was last brought on top. @type {Set<Element>} */
  const later = new Set();

  /**
   * @param {HTMLElement} part
   * @param {() => void} raise brings it back on top
   */
  function begin(part, raise) {
    end();
    let tries = 0;
    const observer = new IntersectionObserver(seen, /** @type {any} */ ({ trackVisibility: true, delay: 100 }));
    const timer = setInterval(() => {
      if ((surface.isOnTop(part) && !veiled && !isOpenLater()) || ++tries > MOST) return;
      raise();
      lastCovered = performance.now();
      later.clear();
      [veiled, again] = [null, true];
      observer.unobserve(part);
      observer.observe(part);
    }, EVERY);
    observer.observe(part);
    later.clear();
    end = () => {
      clearInterval(timer);
      observer.disconnect();
      [veiled, again] = [null, false];
      lastCovered = -Infinity;
    };
  }

  /** @param {any[]} entries */
  function seen(entries) {
    const { isVisible } = entries.at(-1);
    veiled = isVisible === undefined ? false : !isVisible;
    // The first "not visible" is its own fading in.
    if (veiled && again) lastCovered = performance.now();
  }

  /** @param {any} event */
  function opened({ target, newState }) {
    if (newState !== 'open' || !nodes.isElement(target) || surface.isHost(target)) return;
    later.add(target);
    lastCovered = performance.now();
  }

  function isOpenLater() {
    return [...later].some((one) => one.matches(':popover-open, dialog[open]'));
  }

  /** Once something has lain over it, a press counts only when the browser says that nothing does. */
  function isVeiled() {
    if (performance.now() - lastCovered < OPEN) return true;
    return isOpenLater() || (again ? veiled !== false : veiled === true);
  }

  /** Whether the browser has said that the part is seen; while it fades in it says the opposite. */
  function isSeen() {
    return veiled === false;
  }

  hooks.on('beforetoggle', opened);

  return { begin, end: () => end(), isVeiled, isSeen };
})();
