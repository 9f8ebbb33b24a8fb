/**
 * The first script of every page: it listens on the window before anything else of
 * the page does, as a site that posts early or watches its visitors would, and keeps
 * what it heard and what was posted.
 */
window.heard = [];
window.sent = [];
window.errors = [];
addEventListener('error', ({ message }) => window.errors.push(message));

for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'keydown', 'keyup', 'submit', 'change', 'paste', 'drop']) {
  addEventListener(type, (event) => window.heard.push({ type, key: event.key ?? '', trusted: event.isTrusted }), true);
}

/**
 * Post: remember what went out, and by which event.
 * @param {string} text
 * @param {Iterable<File>} files
 * @param {Event} event
 */
window.post = (text, files, event) => {
  const attached = [...files].map(({ name, size }) => ({ name, size }));
  window.sent.push({ text, files: attached, trusted: event.isTrusted, type: event.type, late: performance.now() - event.timeStamp });
};
