/**
 * Holding a send. A draft that was answered for and is fine goes through as the
 * person's own untouched event; any other is held, judged, and done again when it
 * turns out fine or the person says so.
 */
const hold = (() => {
  const ALLOWED_FOR = 60000;
  /** The one draft that the person, or a clear verdict, has let go. @type {{key: string, until: number} | null} */
  let allowed = null;
  /** Drafts that were asked about at `warn`: once is enough. @type {Set<string>} */
  const asked = new Set();
  /** Control whose pressing is being held, from pointerdown to click. @type {Element | null} */
  let pressed = null;
  /** Whether it is pressed by a finger. */
  let touched = false;
  let heldEnter = false;
  let busy = false;
  /** @type {WeakMap<HTMLElement, {verdict: VerdictJson, key: string}>} */
  const before = new WeakMap();

  /**
   * Whether this send may go through at once.
   * @param {Composer} composer
   */
  function passes(composer) {
    if (!site.active()) return true;
    const draft = watch.draftOf(composer);
    if (!lets(draft)) return false;
    if (!watch.isEmpty(draft) && allowed?.key !== draft.key) gone(composer, draft);
    return true;
  }

  /**
   * Whether a draft may go: an empty one, one that was let go, one that nothing is to be said about.
   * @param {Draft} draft
   */
  function lets(draft) {
    if (watch.isEmpty(draft)) return true;
    if (allowed?.key === draft.key && allowed.until > Date.now()) return true;
    const verdict = watch.known(draft);
    if (!verdict) return false;
    return !dialog.asks({ verdict, fault: null, draft }) || (!['hold', 'refuse'].includes(dialog.doing(verdict)) && asked.has(draft.key));
  }

  /**
   * @param {Composer} composer
   * @param {Draft} draft
   */
  function gone(composer, draft) {
    const earlier = before.get(composer.box);
    if (earlier && earlier.key !== draft.key) findings.decide(earlier.verdict, 'edited');
    before.delete(composer.box);
    files.sent(composer, draft);
    card.close();
    setTimeout(() => watch.touch(composer), 400);
  }

  /**
   * @param {Composer} composer
   * @param {() => void} again does the send again
   */
  async function decide(composer, again) {
    if (busy) return;
    busy = true;
    const caret = caretOf(composer.box);
    try {
      const audience = words.audience(composer.kind.audience, site.name());
      const { outcome, judgement, asked: wasAsked } = await dialog.run({ current: () => watch.draftOf(composer), audience });
      const draft = judgement?.draft ?? watch.draftOf(composer);
      if (wasAsked) note(composer, judgement, outcome);
      if (judgement && outcome === 'back') watch.tell(composer, judgement);
      if (outcome === 'share') go(composer, draft, again);
      else goBack(composer, caret);
    } finally {
      busy = false;
    }
  }

  /**
   * A draft that the page is already posting. True when it may go.
   * @param {Composer} composer
   * @param {Draft} draft
   * @returns {Promise<boolean>}
   */
  async function judge(composer, draft) {
    if (busy) return false;
    busy = true;
    try {
      const current = () => ({ ...watch.draft(draft.text, draft.items, composer, composer.kind), thread: draft.thread });
      const { outcome, judgement, asked: wasAsked } = await dialog.run({ current, audience: words.audience(composer.kind.audience, site.name()) });
      if (wasAsked) note(composer, judgement, outcome);
      if (outcome === 'share') allowed = { key: draft.key, until: Date.now() + ALLOWED_FOR };
      return outcome === 'share';
    } finally {
      busy = false;
    }
  }

  /**
   * @param {Composer} composer
   * @param {Judgement | null} judgement
   * @param {'back' | 'share'} outcome
   */
  function note(composer, judgement, outcome) {
    if (!judgement?.verdict) return;
    const { verdict, draft } = judgement;
    asked.add(draft.key);
    before.set(composer.box, { verdict, key: draft.key });
    if (verdict.findings.length) findings.decide(verdict, outcome === 'share' ? 'sent' : 'cancelled');
  }

  /**
   * @param {Composer} composer
   * @param {Draft} draft what was judged or agreed to; anything else is judged anew
   * @param {() => void} again
   */
  function go(composer, draft, again) {
    if (watch.draftOf(composer).key !== draft.key) return setTimeout(() => decide(composer, again));
    allowed = { key: draft.key, until: Date.now() + ALLOWED_FOR };
    gone(composer, draft);
    replay.attend(composer, draft, again, () => toast.show(words.say('pressAgain')));
  }

  /**
   * @param {Composer} composer
   * @param {() => void} caret puts the caret back
   */
  function goBack({ box }, caret) {
    allowed = null;
    if (!box.isConnected) return;
    box.focus();
    caret();
  }

  /**
   * Some editors forget their selection with the focus: remember it, and return how to put it back.
   * @param {HTMLElement} box
   */
  function caretOf(box) {
    const selection = box.ownerDocument.getSelection();
    if (!selection || !box.contains(selection.anchorNode)) return () => {};
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    return () => {
      if (!anchorNode?.isConnected || !focusNode?.isConnected) return;
      selection.setBaseAndExtent(anchorNode, within(anchorNode, anchorOffset), focusNode, within(focusNode, focusOffset));
    };
  }

  /**
   * Words may have been cut in the meantime.
   * @param {Node} node
   * @param {number} offset
   */
  function within(node, offset) {
    return Math.min(offset, nodes.isText(node) ? node.length : node.childNodes.length);
  }

  /** @param {MouseEvent} event */
  function onPointer(event) {
    if (!event.isTrusted || !site.known()) return;
    const target = hooks.target(event);
    if (event.type === 'pointerdown') {
      pressed = null;
      touched = false;
    }
    const found = site.controlAt(target);
    if (pressed && found?.control === pressed) return event.type.startsWith('touch') ? touch(event) : held(event, found, target);
    if (event.type !== 'pointerdown' && event.type !== 'click') return;
    if (event.button !== 0 || !found?.composer || passes(found.composer)) return;
    pressed = found.control;
    held(event, found, target);
    if (event.type === 'pointerdown') watch.settle(() => watch.draftOf(/** @type {Composer} */ (found.composer)));
  }

  /**
   * @param {MouseEvent} event
   * @param {{control: Element, composer: Composer | null}} found
   * @param {Element | null} target
   */
  function held(event, { control, composer }, target) {
    hooks.hold(event);
    if (event.type !== 'click') return;
    pressed = null;
    const at = () => [target, control].find((element) => element?.isConnected) ?? (composer && site.controlOf(composer)) ?? control;
    const finger = touched;
    if (composer) decide(composer, () => replay.press(at(), event, finger));
  }

  /**
   * A touch is hidden from the page and left to the browser, which makes the click of it.
   * @param {Event} event
   */
  function touch(event) {
    touched = true;
    hooks.hide(event);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (!event.isTrusted || event.key !== 'Enter' || !site.known()) return;
    if (heldEnter && (event.type !== 'keydown' || event.repeat)) {
      if (event.type === 'keyup') heldEnter = false;
      return hooks.hold(event);
    }
    if (event.type !== 'keydown') return;
    heldEnter = false;
    const target = hooks.target(event);
    const composer = sends(event, target);
    if (!composer || passes(composer)) return;
    heldEnter = true;
    hooks.hold(event);
    const at = () => (target?.isConnected ? target : composer.box);
    decide(composer, () => replay.key(at(), event));
  }

  /**
   * The composer that this Enter sends, or null. An Enter that ends the composing of
   * a word (Chinese, Vietnamese, Japanese) is not a send.
   * @param {KeyboardEvent} event
   * @param {Element | null} target
   */
  function sends(event, target) {
    if (event.isComposing || event.keyCode === 229 || event.altKey) return null;
    const control = site.controlAt(target);
    if (control) return control.composer;
    const composer = site.composerAt(target);
    if (!composer || event.shiftKey) return null;
    const modified = event.ctrlKey || event.metaKey;
    const { enter } = composer.kind;
    return (modified ? enter !== 'newline' : enter === 'send') ? composer : null;
  }

  /** @param {SubmitEvent} event */
  function onSubmit(event) {
    const form = hooks.target(event);
    if (!event.isTrusted || !site.known() || !nodes.isForm(form)) return;
    const inside = [...form.querySelectorAll('[contenteditable], iframe')].map((element) => nodes.inside(element)?.body ?? element);
    const composer = [...nodes.fields(form), ...inside].map(site.composerAt).find(Boolean);
    if (!composer || passes(composer)) return;
    hooks.hold(event);
    decide(composer, () => form.requestSubmit(event.submitter));
  }

  hooks.on('pointerdown mousedown pointerup mouseup touchstart touchend click', onPointer);
  hooks.on('keydown keypress keyup', onKey);
  hooks.on('submit', onSubmit);

  return { decide, lets, judge };
})();
