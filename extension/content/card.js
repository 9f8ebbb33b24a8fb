/** The card beside the box: what was seen while writing. It never takes the caret away. */
const card = (() => {
  const GAP = 8;
  const { make, icon } = surface;
  /** @type {HTMLElement | null} */
  let part = null;
  /** What was closed by the person is not opened again by itself. @type {Set<string>} */
  const closed = new Set();
  let shown = '';
  /** @type {Composer | null} */
  let at = null;
  /** The verdict that stands in it. @type {VerdictJson | null} */
  let drawn = null;

  /**
   * @param {Composer} composer
   * @param {Judgement} judgement
   */
  function toggle(composer, judgement) {
    if (isOpen()) return close();
    verdict(composer, judgement);
  }

  /**
   * @param {Composer} composer
   * @param {Judgement} judgement
   */
  function verdict(composer, judgement) {
    const level = judgement.verdict?.level ?? 'note';
    const loud = level === 'clear' && judgement.verdict?.gaps.length ? 'gap' : level;
    shown = mark(judgement);
    at = composer;
    drawn = judgement.verdict;
    const about = words.say('cardLead', words.audience(composer.kind.audience, site.name()));
    open(loud, words.say(loud === 'gap' ? 'cardGap' : 'cardTitle'), about, findings.render(judgement, { changed: () => refresh(composer) }));
  }

  /** @param {Composer} composer */
  async function refresh(composer) {
    const judged = await watch.settle(() => watch.draftOf(composer));
    if (judged.verdict?.findings.length || judged.verdict?.gaps.length) verdict(composer, judged);
    else close();
    watch.touch(composer);
  }

  /**
   * @param {Composer} composer
   * @param {Fault} about
   */
  function fault(composer, about) {
    if (isOpen()) return close();
    at = composer;
    drawn = null;
    const text = make('p', { class: 'reason', text: faults.message(about) });
    const help = make('button', { class: 'remedy', type: 'button', text: words.say('openSettings'), act: () => link.ask('open_options') });
    shown = `fault ${about.kind}`;
    open('gap', words.say('uncheckedTitle'), '', faults.isSetting(about) ? [text, make('div', { class: 'row' }, help)] : [text]);
  }

  /**
   * A box that cannot be read: say so, and let the person show it.
   * @param {Composer} composer
   * @param {string} reason a key of the words
   */
  function blind(composer, reason) {
    if (isOpen()) return close();
    at = composer;
    drawn = null;
    shown = reason;
    const show = make('button', { class: 'remedy', type: 'button', text: words.say('pickStart'), act: () => picking.start() });
    open('gap', words.say(reason), '', [make('p', { class: 'reason', text: words.say(`${reason}Help`) }), make('div', { class: 'row' }, show)]);
  }

  /**
   * @param {string} level
   * @param {string} title
   * @param {string} lead
   * @param {HTMLElement[]} body
   */
  function open(level, title, lead, body) {
    part ??= make('div', { popover: 'manual', class: 'card', role: 'dialog' });
    part.setAttribute('aria-label', `${words.say('name')}: ${title}`);
    const shut = make('button', { class: 'close', type: 'button', 'aria-label': words.say('close'), act: dismiss }, icon('close'));
    part.replaceChildren(
      make('div', { class: 'head' }, badge(level), make('div', { class: 'titles' },
        make('h2', { class: 'heading', text: title }), lead ? make('p', { class: 'lead', text: lead }) : null), shut),
      make('div', { class: 'body' }, ...body),
    );
    surface.place(part, dismiss);
    surface.raise(part);
    position();
  }

  /** @param {string} level */
  function badge(level) {
    const name = /** @type {Parameters<typeof icon>[0]} */ (['note', 'warn', 'stop', 'gap', 'clear'].includes(level) ? level : 'look');
    return make('span', { class: 'badge', 'data-level': level }, icon(name));
  }

  /** Beside the box rather than over it, and never over its send button: above, below, at its end or start; else by the chip. */
  function position() {
    const box = at?.box.getBoundingClientRect();
    if (!part || !at || !box) return;
    if (!at.box.isConnected) return close();
    const { width, height } = part.getBoundingClientRect();
    const send = site.controlOf(at)?.getBoundingClientRect();
    const across = clamp(box.right - width, innerWidth - width);
    const along = clamp(box.top, innerHeight - height);
    const places = [
      { x: across, y: box.top - height - GAP }, { x: across, y: box.bottom + GAP }, { x: across, y: Math.max(box.bottom, send?.bottom ?? 0) + GAP },
      { x: box.right + GAP, y: along }, { x: box.left - width - GAP, y: along },
    ];
    const fits = places.find(({ x, y }) => x >= GAP && y >= GAP && x + width <= innerWidth - GAP && y + height <= innerHeight - GAP
      && !(send && x < send.right && x + width > send.left && y < send.bottom && y + height > send.top));
    const { x, y } = fits ?? { x: across, y: clamp((chip.place()?.top ?? box.bottom) - height - GAP, innerHeight - height) };
    part.style.insetInlineStart = `${x}px`;
    part.style.insetBlockStart = `${y}px`;
  }

  /**
   * @param {number} value
   * @param {number} most
   */
  function clamp(value, most) {
    return Math.max(GAP, Math.min(value, most - GAP));
  }

  function dismiss() {
    closed.add(shown);
    close();
  }

  function close() {
    if (part && isOpen()) surface.lower(part);
  }

  function isOpen() {
    return part?.matches(':popover-open') ?? false;
  }

  /** The same findings in the same file or text are the same card. @param {Judgement} judgement */
  function mark({ verdict: seen }) {
    return (seen?.findings ?? []).map(({ rule, level, places }) => `${rule} ${level} ${places[0]?.part}`).sort().join();
  }

  watch.onVerdict((composer, judgement) => {
    if (!judgement) return;
    const level = judgement.verdict?.level;
    const loud = level === 'warn' || level === 'stop';
    if (!loud) return close();
    // Drawn anew it would lose what it has just answered, and a press that is under way.
    if (isOpen() && at === composer && drawn === judgement.verdict) return position();
    if (!dialog.isOpen() && (isOpen() || (!closed.has(mark(judgement)) && site.last()?.box === composer.box))) verdict(composer, judgement);
  });
  hooks.on('resize scroll', () => isOpen() && requestAnimationFrame(position));

  /** Above what was drawn since. */
  function lift() {
    if (part && isOpen() && !dialog.isOpen()) surface.raise(part);
  }

  return { toggle, fault, blind, close, lift, badge };
})();
