/**
 * Found words, marked in the box itself. The page's registry of highlights is one for all
 * worlds: a page could read there which words were found. So lines are drawn over the box
 * in the closed layer, and neither the page's elements nor its registry are touched.
 */
const marks = (() => {
  const MOST = 40;
  const { make } = surface;
  /** What a textarea's text looks like is asked of a twin of it. */
  const ALIKE = ['font', 'letter-spacing', 'word-spacing', 'line-height', 'text-indent', 'text-transform', 'text-align', 'direction',
    'tab-size', 'padding', 'word-break', 'overflow-wrap', 'font-kerning', 'font-variant-ligatures'];
  /** @type {HTMLElement | null} */
  let part = null;
  /** @type {HTMLElement | null} */
  let twin = null;
  /** @type {{composer: Composer, text: string, spans: {start: number, end: number, level: Level}[], clips: Element[]} | null} */
  let now = null;
  let waiting = 0;
  const changes = new MutationObserver(() => again());

  /**
   * @param {Composer} composer
   * @param {Judgement | null} judgement
   */
  function tell(composer, judgement) {
    if (!judgement?.verdict || judgement.draft.composer?.box !== composer.box || !wishes.marks() || dialog.isOpen()) return clear();
    // A box of another document has its own places, which this window does not know.
    if (composer.box.ownerDocument !== document) return clear();
    const spans = judgement.verdict.findings.flatMap((one) => findings.spans(one).map((span) => ({ ...span, level: one.level }))).slice(0, MOST);
    if (!spans.length) return clear();
    clear();
    now = { composer, text: judgement.draft.text, spans, clips: [...site.climb(composer.box)].filter(clips) };
    for (const box of composer.boxes) changes.observe(box, { subtree: true, childList: true, characterData: true });
    draw();
  }

  /** @param {Element} element */
  function clips(element) {
    return element !== document.body && element !== document.documentElement && getComputedStyle(element).overflow !== 'visible';
  }

  function draw() {
    if (!now) return;
    const { composer, text, spans } = now;
    const reading = reader.readAll(composer.boxes);
    if (!composer.box.isConnected || reading.text !== text) return clear();
    const layer = open();
    const around = seen();
    const drawn = spans.flatMap((span) => rects(span, reading).flatMap((rect) => line(rect, around, span.level)));
    layer.replaceChildren(...drawn, ...(twin ? [twin] : []));
  }

  /** The layer that is drawn on, shown beneath chip and card: what is not shown has no places. */
  function open() {
    part ??= make('div', { popover: 'manual', class: 'marks', 'aria-hidden': 'true' });
    surface.place(part);
    if (part.matches(':popover-open')) return part;
    surface.raise(part);
    chip.lift();
    card.lift();
    return part;
  }

  /**
   * Where a span stands on the screen.
   * @param {{start: number, end: number}} span
   * @param {Reading} reading
   * @returns {DOMRect[]}
   */
  function rects({ start, end }, reading) {
    const { box } = /** @type {{composer: Composer}} */ (now).composer;
    if (box.localName === 'textarea' || box.localName === 'input') return inTwin(/** @type {HTMLTextAreaElement} */ (box), start, end);
    return [...(reader.range(reading, start, end)?.getClientRects() ?? [])];
  }

  /**
   * @param {HTMLTextAreaElement} box the like of it, a single line, among them
   * @param {number} start
   * @param {number} end
   */
  function inTwin(box, start, end) {
    const text = liken(box);
    const range = new Range();
    range.setStart(text, Math.min(start, text.length));
    range.setEnd(text, Math.min(end, text.length));
    return [...range.getClientRects()].map(({ x, y, width, height }) => new DOMRect(x - box.scrollLeft, y - box.scrollTop, width, height));
  }

  /**
   * Make the twin like the box, and return its text.
   * @param {HTMLTextAreaElement} box
   */
  function liken(box) {
    twin ??= make('div', { class: 'twin' }, new Text());
    if (!twin.isConnected) open().append(twin);
    const [of, own] = [getComputedStyle(box), twin.style];
    const { left, top } = box.getBoundingClientRect();
    for (const name of ALIKE) own.setProperty(name, of.getPropertyValue(name));
    own.whiteSpace = box.localName === 'input' ? 'pre' : 'pre-wrap';
    Object.assign(own, { left: `${left + box.clientLeft}px`, top: `${top + box.clientTop}px`, width: `${box.clientWidth}px` });
    const text = /** @type {Text} */ (twin.firstChild);
    if (text.data !== box.value) text.data = box.value;
    return text;
  }

  /** The part of the window in which the box's text can be seen. */
  function seen() {
    const { clips: all, composer } = /** @type {NonNullable<typeof now>} */ (now);
    const shown = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    for (const element of [composer.box, ...all]) {
      if (composer.boxes.length > 1 && element === composer.box) continue;
      const { left, top, right, bottom } = element.getBoundingClientRect();
      Object.assign(shown, {
        left: Math.max(shown.left, left), top: Math.max(shown.top, top), right: Math.min(shown.right, right), bottom: Math.min(shown.bottom, bottom),
      });
    }
    return shown;
  }

  /**
   * @param {DOMRect} rect
   * @param {{left: number, top: number, right: number, bottom: number}} around
   * @param {Level} level
   * @returns {HTMLElement[]}
   */
  function line(rect, around, level) {
    const [left, right] = [Math.max(rect.left, around.left), Math.min(rect.right, around.right)];
    const [top, bottom] = [Math.max(rect.top, around.top), Math.min(rect.bottom, around.bottom)];
    if (right - left < 2 || bottom - top < rect.height / 3 || isCovered((left + right) / 2, (top + bottom) / 2)) return [];
    const mark = make('i', { 'data-level': level });
    Object.assign(mark.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    return [mark];
  }

  /** Something of the page lies over the box there: a menu, a header. @param {number} x @param {number} y */
  function isCovered(x, y) {
    const { boxes } = /** @type {{composer: Composer}} */ (now).composer;
    const root = /** @type {Document | ShadowRoot} */ (boxes[0].getRootNode());
    const top = root.elementFromPoint(x, y);
    return Boolean(top) && !surface.isHost(top) && !boxes.some((box) => box.contains(top) || top?.contains(box));
  }

  function clear() {
    changes.disconnect();
    now = null;
    if (part) surface.lower(part);
  }

  function again() {
    if (!now || waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      draw();
    });
  }

  watch.onVerdict(tell);
  wishes.onChange(() => wishes.marks() || clear());
  hooks.on('beforeinput input', (event) => now?.composer.boxes.includes(/** @type {HTMLElement} */ (event.target)) && clear());
  hooks.on('scroll resize focusin focusout keyup click', again);

  return { clear, count: () => part?.querySelectorAll('i').length ?? 0 };
})();
