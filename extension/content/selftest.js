/**
 * "I can read this box", or not: a checker that reads the wrong box in silence is worse
 * than none. A box of a known site that sites.json does not describe, or whose text the
 * reader does not get, is said to be unread; so is a box without a send control in sight.
 */
const selftest = (() => {
  /** @type {WeakMap<HTMLElement, string>} */
  const blind = new WeakMap();
  /** Where something was typed since it was last looked at. @type {Set<Element>} */
  const typing = new Set();
  /** @type {WeakMap<HTMLElement, number>} */
  const misses = new WeakMap();
  const SMALLEST = 60;
  const ENOUGH = 3;

  /**
   * @param {Composer} composer
   * @returns {string} a key of the words, or nothing
   */
  function blindness({ box }) {
    return blind.get(box) ?? '';
  }

  /** @param {InputEvent} event */
  function typed(event) {
    const target = site.active() && event.isTrusted && event.data?.trim() && hooks.target(event);
    if (target) typing.add(target);
  }

  /**
   * What was typed must be there to be read. A box that a send has just emptied was
   * typed into as well: only when it happens again is the box called unread.
   * @param {Composer} composer
   * @param {string} text as the reader has it
   */
  function look(composer, text) {
    const { box } = composer;
    const unread = [...typing].some((target) => target === box || box.contains(target) || target.contains(box)) && text.trim() === '';
    typing.clear();
    const times = unread ? (misses.get(box) ?? 0) + 1 : 0;
    misses.set(box, times);
    judge(composer, times >= ENOUGH ? 'blindBox' : '');
  }

  /**
   * @param {Composer} composer
   * @param {string} reason
   */
  function judge(composer, reason) {
    const found = reason || (sendInSight(composer) ? '' : 'blindSend');
    if (found === (blind.get(composer.box) ?? '')) return;
    blind.set(composer.box, found);
    link.ask('box', { readable: !found, reason: found, structure: structure.chain(composer.box) });
  }

  /** @param {Composer} composer */
  function sendInSight(composer) {
    return site.controlOf(composer) !== null || (composer.kind.enter === 'send' && !isAway());
  }

  /** In a frame of another site the button may stand in the page around it, where nothing can be seen. */
  function isAway() {
    return window.parent !== window && !nodes.around(document);
  }

  /** @param {FocusEvent} event */
  async function focused(event) {
    const target = hooks.target(event);
    if (!nodes.isElement(target) || !looksLikeComposer(target)) return;
    await site.ready;
    if (!site.known() && !link.orphaned()) await site.again();
    if (!site.active()) return;
    const composer = site.composerAt(target);
    if (composer) return void link.ask('box', { readable: !blindness(composer), reason: blindness(composer), structure: structure.chain(target) });
    unknown(target);
  }

  /** @param {HTMLElement} box */
  function unknown(box) {
    const kind = /** @type {Kind} */ ({ ...site.entry(), match: '' });
    const composer = { box, boxes: [box], kind, root: box.parentElement ?? document };
    link.ask('box', { readable: false, reason: 'blindBox', structure: structure.chain(box) });
    chip.show(composer, 'blind', words.say('blindBox'), () => card.blind(composer, 'blindBox'));
  }

  /** Room for prose, and not a field for a name or a search. @param {HTMLElement} element */
  function looksLikeComposer(element) {
    const prose = nodes.isField(element) && element.localName === 'textarea' || element.isContentEditable;
    const search = element.closest('[role="search"], [role="searchbox"], [role="combobox"]') || element.getAttribute('data-tab') === '3';
    return prose && !search && element.getBoundingClientRect().width > SMALLEST;
  }

  hooks.on('input', typed);
  hooks.on('focusin', focused);

  return { blindness, look };
})();
