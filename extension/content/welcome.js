/**
 * On the product's own page, at the very server that is set, the extension says that
 * it is there and shows the pairing code for the person to compare. Any other page
 * learns nothing: the worker checks who asks, and the answer holds no token.
 */
const welcome = (() => {
  const EVERY = 1000;
  const { make, icon } = surface;
  /** @type {HTMLElement | null} */
  let part = null;

  async function begin() {
    await site.ready;
    if (site.entry()?.id !== 'try' || window !== top) return;
    await parsed();
    if (!document.querySelector('meta[name="secondlook-server"][content="1"]')) return;
    const here = await link.ask('welcome', {});
    if (!here.value) return;
    announce(here.value);
    if (here.value.state !== 'paired' && location.pathname === '/welcome') await pair();
  }

  async function pair() {
    let { value, error } = await link.ask('welcome', { begin: true });
    while (value?.state === 'waiting') {
      show(value.code);
      await new Promise((resolve) => setTimeout(resolve, EVERY));
      ({ value, error } = await link.ask('welcome', {}));
    }
    if (value) announce(value);
    end(value?.state ?? '', error);
  }

  /** @param {PairingView} view */
  function announce({ state }) {
    const { dataset } = document.documentElement;
    dataset.secondlookExtension = chrome.runtime.getManifest().version;
    dataset.secondlookPaired = String(state === 'paired');
  }

  /** @param {string} code */
  function show(code) {
    const digits = make('p', { class: 'code', text: code, 'aria-label': words.say('pairCode', code) });
    fill('pairTitle', digits, make('p', { class: 'lead', text: words.say('pairText') }));
  }

  /**
   * @param {string} state
   * @param {Fault | undefined} error
   */
  function end(state, error) {
    if (state === 'paired') {
      fill('pairedTitle', make('p', { class: 'lead', text: words.say('pairedText') }));
      setTimeout(() => part && surface.lower(part), 6000);
      return;
    }
    const text = error ? faults.message(error) : words.say(state === 'refused' ? 'pairRefused' : 'pairExpired');
    fill('pairFailed', make('p', { class: 'lead', text }), make('div', { class: 'row' },
      make('button', { class: 'remedy', type: 'button', text: words.say('pairRetry'), act: pair })));
  }

  /**
   * @param {string} title
   * @param {...HTMLElement} body
   */
  function fill(title, ...body) {
    part ??= make('div', { popover: 'manual', class: 'banner', role: 'status' });
    const heading = make('h2', { class: 'heading', text: words.say(title) });
    part.replaceChildren(make('div', { class: 'row' }, make('span', { class: 'badge' }, icon('look')), heading), ...body);
    surface.place(part);
    if (!part.matches(':popover-open')) surface.raise(part);
  }

  function parsed() {
    if (document.readyState !== 'loading') return Promise.resolve();
    return new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  }

  begin();

  return { pair };
})();
