/** What the extension tells this page about itself: two attributes on <html>, and nothing more. */

/**
 * @typedef {object} Presence
 * @property {string} version empty while the extension is not there
 * @property {boolean} paired
 */

/** @returns {Presence} */
export function presence() {
  const { secondlookExtension, secondlookPaired } = document.documentElement.dataset;
  return { version: secondlookExtension ?? '', paired: secondlookPaired === 'true' };
}

/**
 * Call `tell` now and whenever the extension says something new.
 * @param {(presence: Presence) => void} tell
 */
export function watchExtension(tell) {
  const observer = new MutationObserver(() => tell(presence()));
  observer.observe(document.documentElement, {
    attributeFilter: ['data-secondlook-extension', 'data-secondlook-paired'],
  });
  tell(presence());
}
