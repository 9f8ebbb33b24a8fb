/**
 * Whether something lies over what is shown. A page may open a dialog or a popover of its
 * own above ours, or paint over it with one that lets presses through. The first is seen
 * by asking what is on top; the second by the browser's own test of visibility, where it has one.
 */
const cover = (() => {
  const EVERY = 200;
  /** After so many tries the page is left to itself; what is held stays held. */
  const MOST = 50;
  /** Whether the browser says that something lies over the part; null while it has not said. @type {boolean | null} */
  let veiled = null;
  let again = false;
  let end = () => {};

  /**
   * @param {HTMLElement} part
   * @param {() => void} raise brings it back on top
   */
  function begin(part, raise) {
    end();
    let tries = 0;
    const observer = new IntersectionObserver(seen, /** @type {any} */ ({ trackVisibility: true, delay: 100 }));
    const timer = setInterval(() => {
      if ((surface.isOnTop(part) && !veiled) || ++tries > MOST) return;
      raise();
      [veiled, again] = [null, true];
      observer.unobserve(part);
      observer.observe(part);
    }, EVERY);
    observer.observe(part);
    end = () => {
      clearInterval(timer);
      observer.disconnect();
      [veiled, again] = [null, false];
    };
  }

  /** @param {any[]} entries */
  function seen(entries) {
    const { isVisible } = entries.at(-1);
    veiled = isVisible === undefined ? false : !isVisible;
  }

  /** Once something has lain over it, a press counts only when the browser says that nothing does. */
  function isVeiled() {
    return again ? veiled !== false : veiled === true;
  }

  return { begin, end: () => end(), isVeiled };
})();
