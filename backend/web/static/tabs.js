/** The tabs of the browsers: arrow keys move, and this browser's own tab is open at first. */

/** Which browser this is: `chrome`, `edge`, `chromium`, or `` for one that cannot load the extension yet. */
export function thisBrowser() {
  /** @type {{ brand: string }[]} */
  const brands = /** @type {any} */ (navigator).userAgentData?.brands ?? [];
  const has = (/** @type {string} */ name) => brands.some(({ brand }) => brand === name);
  if (has('Microsoft Edge')) return 'edge';
  if (has('Google Chrome')) return 'chrome';
  return has('Chromium') || navigator.userAgent.includes('Chrome/') ? 'chromium' : '';
}

/**
 * Turn a list of tabs and its panels on.
 * @param {string} first the tab to open
 */
export function enableTabs(first) {
  const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[role="tab"]')]);
  for (const tab of tabs) {
    tab.addEventListener('click', () => open(tabs, tab));
    tab.addEventListener('keydown', (event) => move(tabs, tab, event));
  }
  const start = tabs.find((tab) => tab.dataset.tab === first) ?? tabs[0];
  document.documentElement.classList.add('tabbed');
  if (start) open(tabs, start);
}

/**
 * @param {HTMLElement[]} tabs
 * @param {HTMLElement} chosen
 */
function open(tabs, chosen) {
  for (const tab of tabs) {
    const isChosen = tab === chosen;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls') ?? '')?.toggleAttribute('hidden', !isChosen);
  }
}

/** @type {Record<string, (at: number, count: number) => number>} */
const MOVES = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * @param {HTMLElement[]} tabs
 * @param {HTMLElement} tab
 * @param {KeyboardEvent} event
 */
function move(tabs, tab, event) {
  const next = MOVES[event.key]?.(tabs.indexOf(tab), tabs.length);
  if (next === undefined) return;
  event.preventDefault();
  open(tabs, tabs[next]);
  tabs[next].focus();
}
