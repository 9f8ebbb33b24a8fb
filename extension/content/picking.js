/**
 * "That is the box": the person clicks the box they write in, then what sends it. The page
 * gets none of these presses. What is kept are selectors, made of names alone.
 */
const picking = (() => {
  const PRESSES = 'pointerdown mousedown pointerup mouseup click auxclick';
  const { make, icon } = surface;
  /** @type {HTMLElement | null} */
  let part = null;
  /** @type {'off' | 'box' | 'send'} */
  let step = 'off';
  /** @type {HTMLElement | null} */
  let box = null;
  /** @type {Element | null} */
  let under = null;
  /** @type {HTMLElement | null} */
  let frame = null;

  function start() {
    step = 'box';
    box = null;
    chip.hide();
    card.close();
    tell('pickBox');
  }

  /** @param {string} key of the words */
  function tell(key) {
    part ??= make('div', { popover: 'manual', class: 'banner', role: 'status' });
    const stop = make('button', { class: 'remedy', type: 'button', text: words.say('pickCancel'), act: () => end() });
    const enter = make('button', { class: 'remedy', type: 'button', text: words.say('pickEnter'), act: () => keep('', 'send') });
    const row = make('div', { class: 'row' }, step === 'send' && enter, stop);
    part.replaceChildren(
      make('div', { class: 'row' }, make('span', { class: 'badge' }, icon('look')), make('h2', { class: 'heading', text: words.say(key) })),
      make('p', { class: 'lead', text: words.say(`${key}Help`) }), row);
    surface.place(part, () => end());
    surface.raise(part);
  }

  /** @param {MouseEvent} event */
  function pressed(event) {
    if (step === 'off' || surface.mine(event) || !event.isTrusted) return;
    hooks.hold(event);
    const target = hooks.target(event);
    if (event.type !== 'click' || !target) return;
    if (step === 'box') choose(target);
    else keep(structure.selector(target.closest(verbs.BUTTONS) ?? target), 'ctrl');
  }

  /** @param {Element} target */
  function choose(target) {
    box = editableAt(target);
    if (!box) return toast.show(words.say('pickNoBox'));
    outline(box);
    step = 'send';
    tell('pickSend');
  }

  /** The box at, around or directly within what was clicked. @param {Element} target */
  function editableAt(target) {
    const around = [...site.climb(target)].filter(site.editable);
    const inside = [...target.querySelectorAll('textarea, [contenteditable="true"], [contenteditable="plaintext-only"]')].filter(site.editable);
    const found = around.at(-1) ?? (inside.length === 1 ? inside[0] : null);
    return /** @type {HTMLElement | null} */ (found);
  }

  /**
   * @param {string} send selector of the control that sends, or nothing
   * @param {'send' | 'ctrl'} enter
   */
  async function keep(send, enter) {
    const shown = box;
    if (!shown) return end();
    const { error } = await link.ask('picked', { match: structure.selector(shown), send, enter });
    await end();
    if (error) return toast.show(faults.message(error));
    await site.again();
    const composer = site.composerAt(shown);
    toast.show(words.say(composer ? 'pickDone' : 'pickFailed'));
    if (!composer) return;
    site.use(composer.box);
    link.ask('box', { readable: true, reason: '', structure: structure.chain(shown) });
    watch.touch(composer);
  }

  /** @param {boolean} [told] other frames were told already */
  async function end(told = false) {
    if (step === 'off') return;
    step = 'off';
    outline(null);
    if (part) surface.lower(part);
    if (!told) await link.ask('pick_end');
  }

  /** @param {Element | null} element */
  function outline(element) {
    frame ??= make('div', { popover: 'manual', class: 'frame', 'aria-hidden': 'true' });
    under = element;
    if (!element) return surface.lower(frame);
    const { left, top, width, height } = element.getBoundingClientRect();
    Object.assign(frame.style, { left: `${left - 3}px`, top: `${top - 3}px`, width: `${width + 6}px`, height: `${height + 6}px` });
    surface.place(frame);
    if (!frame.matches(':popover-open')) surface.raise(frame);
  }

  hooks.on(PRESSES, pressed);
  hooks.on('keydown', (event) => {
    if (step === 'off' || !event.isTrusted || event.key !== 'Escape') return;
    hooks.hold(event);
    end();
  });
  hooks.on('scroll resize', () => under && outline(under));

  chrome.runtime.onMessage.addListener((message, sender) => {
    if (sender.id !== chrome.runtime.id || message?.type !== 'pick') return;
    if (message.on) site.ready.then(start);
    else end(true);
  });

  return { start };
})();
