/** A line of words that goes away by itself. */
const toast = (() => {
  const SHOWN_FOR = 8000;
  /** @type {HTMLElement | null} */
  let part = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {string} text */
  function show(text) {
    part ??= surface.make('div', { popover: 'manual', class: 'toast', role: 'status' });
    part.textContent = text;
    surface.place(part);
    surface.raise(part);
    clearTimeout(timer);
    timer = setTimeout(hide, SHOWN_FOR);
  }

  function hide() {
    if (part) surface.lower(part);
  }

  return { show, hide };
})();
