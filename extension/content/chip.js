/** The chip at the corner of the box: what is known of the draft, at a glance. */
const chip = (() => {
  const GAP = 6;
  /** In a narrower box the words of the chip would lie over the person's own: they come when it is pointed at. */
  const NARROW = 240;
  const WIDEST = 300;
  /** A press on the middle of a box is meant for the box. */
  const SHARE = 0.45;
  /** @type {HTMLElement | null} */
  let part = null;
  /** @type {Composer | null} */
  let composer = null;
  /** @type {ResizeObserver | null} */
  let sizes = null;
  let act = () => {};

  /** @type {Record<string, [icon: Parameters<typeof surface.icon>[0], opens: boolean]>} */
  const STATES = {
    ready: ['look', false], checking: ['checking', false], clear: ['clear', false], note: ['note', false],
    warn: ['warn', true], stop: ['stop', true], gap: ['gap', true], fault: ['gap', true], blind: ['gap', true], paused: ['look', false],
  };

  /**
   * @param {Composer} at
   * @param {string} state a key of STATES
   * @param {string} label
   * @param {() => void} [press]
   */
  function show(at, state, label, press = () => {}) {
    const [name, opens] = STATES[state];
    act = press;
    part ??= surface.make('div', { popover: 'manual', class: 'chip' });
    part.dataset.state = state;
    part.toggleAttribute('data-open', opens);
    fill(part, name, label);
    surface.place(part);
    if (composer?.box !== at.box || !part.matches(':popover-open')) follow(at);
    position();
  }

  /**
   * @param {HTMLElement} into
   * @param {Parameters<typeof surface.icon>[0]} name
   * @param {string} label
   */
  function fill(into, name, label) {
    const button = into.querySelector('button') ?? surface.make('button', { type: 'button', act: () => act() });
    button.setAttribute('aria-label', `${words.say('name')}: ${label}`);
    button.replaceChildren(
      surface.make('span', { class: 'mark' }, surface.icon(name)),
      surface.make('span', { class: 'label', text: label }),
    );
    if (!button.isConnected) into.append(button);
  }

  /** @param {Composer} at */
  function follow(at) {
    composer = at;
    sizes?.disconnect();
    sizes = new ResizeObserver(position);
    sizes.observe(at.box);
    surface.raise(/** @type {HTMLElement} */ (part));
  }

  /** Inside the box's lower end corner, or hidden where the box is out of sight. */
  function position() {
    if (!part || !composer) return;
    if (!composer.box.isConnected) return hide();
    const box = composer.box.getBoundingClientRect();
    const visible = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    part.hidden = !visible;
    part.toggleAttribute('data-narrow', box.width < NARROW);
    part.style.maxInlineSize = box.width < NARROW ? '' : `${Math.min(WIDEST, box.width * SHARE)}px`;
    const size = part.getBoundingClientRect();
    const rightToLeft = getComputedStyle(composer.box).direction === 'rtl';
    const x = rightToLeft ? box.left + GAP : box.right - size.width - GAP;
    const y = Math.min(box.bottom - Math.min(size.height + GAP, box.height / 2 + size.height / 2), innerHeight - size.height - GAP);
    part.style.insetInlineStart = `${Math.max(GAP, Math.min(x, innerWidth - size.width - GAP))}px`;
    part.style.insetBlockStart = `${Math.max(GAP, y)}px`;
  }

  function hide() {
    sizes?.disconnect();
    if (part) surface.lower(part);
    composer = null;
  }

  let waiting = 0;
  hooks.on('scroll resize focusin', () => {
    if (!composer || waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      position();
    });
  });

  /** @param {Composer} at @param {Judgement | null} judgement */
  function tell(at, judgement) {
    if (site.last()?.box !== at.box) return;
    const { state, label, press } = summary(at, judgement);
    show(at, state, label, press);
  }

  /**
   * @param {Composer} at
   * @param {Judgement | null} judgement
   * @returns {{state: string, label: string, press?: () => void}}
   */
  function summary(at, judgement) {
    const blind = selftest.blindness(at);
    if (blind) return { state: 'blind', label: words.say(blind), press: () => card.blind(at, blind) };
    if (!judgement || unread(judgement)) return { state: 'checking', label: progress(at) };
    const { verdict, fault, draft } = judgement;
    if (fault?.kind === 'paused' || fault?.kind === 'no_site') return { state: 'paused', label: words.say('chipPaused') };
    if (fault) return { state: 'fault', label: words.say('chipUnchecked'), press: () => card.fault(at, fault) };
    if (!verdict || watch.isEmpty(draft)) return { state: 'ready', label: words.say('chipReady') };
    return judged(at, verdict, judgement);
  }

  /**
   * @param {Composer} at
   * @param {VerdictJson} verdict
   * @param {Judgement} judgement
   */
  function judged(at, verdict, judgement) {
    const press = () => card.toggle(at, judgement);
    const count = verdict.findings.length;
    if (verdict.gaps.length && verdict.level !== 'stop' && verdict.level !== 'warn') return { state: 'gap', label: words.say('chipGap'), press };
    if (verdict.level === 'clear') return { state: 'clear', label: words.say('chipClear') };
    const title = verdict.findings.toSorted((a, b) => b.score - a.score)[0]?.title ?? '';
    return { state: verdict.level, label: count > 1 ? words.say('chipMore', title, count - 1) : title, press };
  }

  /**
   * While a file is still being read nothing is called clear; what was found already is told.
   * @param {Judgement} judgement
   */
  function unread({ verdict, draft }) {
    const loud = verdict?.level === 'warn' || verdict?.level === 'stop';
    return Boolean(verdict) && !loud && !draft.items.every(watch.isSettled);
  }

  /** @param {Composer} at */
  function progress(at) {
    const item = files.of(at).find(({ state }) => state === 'uploading' || state === 'reading');
    if (!item) return words.say('chipChecking');
    return item.total > 1 ? words.say('chipReadingPart', item.file.name, item.done, item.total) : words.say('chipReading', item.file.name);
  }

  watch.onVerdict(tell);

  /** Above what was drawn since: the marks of words lie beneath it. */
  function lift() {
    if (part?.matches(':popover-open') && part.isConnected) surface.raise(part);
  }

  return { show, hide, lift, position, place: () => part?.getBoundingClientRect() ?? null };
})();
