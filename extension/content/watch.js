/**
 * Scoring while the person writes. A draft is asked about a moment after the last key
 * and the answer is kept by its very text, so that a send can be let through at once
 * when, and only when, exactly that draft was answered for.
 */
const watch = (() => {
  const DELAY = 150;
  const KEPT = 16;
  const TIMEOUT = 4200;
  const READY_EVERY = 5000;
  /** What passes without the person: it is asked about again, ever more seldom. */
  const PASSING = ['stopped', 'unreachable', 'slow', 'busy', 'failed', 'worker', 'unproven', 'foreign', 'old'];
  const AGAIN = 1000;
  const SELDOM = 15000;
  /** @type {Map<string, VerdictJson>} */
  const verdicts = new Map();
  /** @type {Map<string, Promise<Judgement>>} */
  const running = new Map();
  /** @type {WeakMap<HTMLElement, ReturnType<typeof setTimeout>>} */
  const timers = new WeakMap();
  /** @type {((composer: Composer, judgement: Judgement | null) => void)[]} */
  const watchers = [];
  /** @type {VerdictJson} */
  const NOTHING = Object.freeze({ id: '', level: 'clear', score: 0, findings: [], gaps: [] });

  /**
   * @param {Composer} composer
   * @returns {Draft}
   */
  function draftOf(composer) {
    const { text } = reader.readAll(composer.boxes);
    const items = files.of(composer);
    return draft(text, items, composer, composer.kind);
  }

  /**
   * @param {string} text
   * @param {Item[]} items
   * @param {Composer | null} composer
   * @param {Kind} kind
   * @returns {Draft}
   */
  function draft(text, items, composer, kind) {
    const before = composer ? thread.of(composer) : [];
    const marks = [...items.map(({ uid, state }) => `${uid}:${state}`), ...before.map((one) => `${one.from}:${one.text}`)];
    return { text, items, key: [text, kind.channel, ...marks].join('\0'), composer, kind, thread: before };
  }

  /** @param {Draft} draft */
  function isEmpty({ text, items }) {
    return text.trim() === '' && items.length === 0;
  }

  /**
   * The verdict on exactly this draft, files included, or undefined.
   * @param {Draft} draft
   */
  function known(draft) {
    if (isEmpty(draft)) return NOTHING;
    return draft.items.every(isSettled) ? verdicts.get(draft.key) : undefined;
  }

  /** @param {Item} item */
  function isSettled({ state }) {
    return state === 'done' || state === 'failed';
  }

  /**
   * @param {Draft} draft
   * @returns {Promise<Judgement>}
   */
  function check(draft) {
    const verdict = known(draft);
    if (verdict) return Promise.resolve({ verdict, fault: null, draft });
    const already = running.get(draft.key);
    if (already) return already;
    const asked = request(draft).finally(() => running.delete(draft.key));
    running.set(draft.key, asked);
    return asked;
  }

  /**
   * @param {Draft} draft
   * @param {boolean} [second]
   * @returns {Promise<Judgement>}
   */
  async function request(draft, second = false) {
    const { text, items, kind } = draft;
    const read = items.filter(({ state }) => state === 'done');
    const before = draft.thread.length ? { thread: draft.thread } : {};
    const sent = { text, channel: kind.channel, audience: kind.audience, attachments: read.map(({ id }) => id), ...before };
    const { value, error } = await link.ask('check', sent, TIMEOUT);
    if (error && ['lost', 'missing'].includes(error.kind) && read.length && !second) {
      await files.again(read);
      return request(draft, true);
    }
    if (error) return { verdict: null, fault: error, draft };
    const verdict = { ...value, gaps: [...value.gaps, ...items.flatMap(unread)] };
    if (items.every(isSettled)) keep(draft.key, verdict);
    return { verdict, fault: null, draft };
  }

  /**
   * @param {Item} item
   * @returns {GapJson[]}
   */
  function unread({ uid, state, fault }) {
    return state === 'failed' ? [{ part: uid, reason: fault || 'failed', message: faults.message({ kind: fault || 'failed', detail: '' }) }] : [];
  }

  /**
   * @param {string} key
   * @param {VerdictJson} verdict
   */
  function keep(key, verdict) {
    verdicts.delete(key);
    verdicts.set(key, verdict);
    if (verdicts.size > KEPT) verdicts.delete(/** @type {string} */ (verdicts.keys().next().value));
  }

  /**
   * Wait for the files, then judge the draft as it is by then.
   * @param {() => Draft} current
   * @returns {Promise<Judgement>}
   */
  async function settle(current) {
    for (;;) {
      const before = current();
      await Promise.all(before.items.map(({ settled }) => settled));
      const judged = await check(current());
      if (judged.fault || current().key === judged.draft.key) return judged;
    }
  }

  /**
   * Something changed in a composer: score it a moment after the last change.
   * @param {Composer} composer
   */
  function touch(composer) {
    clearTimeout(timers.get(composer.box));
    timers.set(composer.box, setTimeout(() => score(composer), DELAY));
  }

  /** @param {Composer} composer */
  async function score(composer) {
    clearTimeout(timers.get(composer.box));
    if (!composer.box.isConnected || !site.active()) return;
    const draft = draftOf(composer);
    selftest.look(composer, draft.text);
    if (known(draft) === undefined) tell(composer, null);
    const judged = await check(draft);
    if (draftOf(composer).key === judged.draft.key) tell(composer, judged);
  }

  /**
   * @param {Composer} composer
   * @param {Judgement | null} judgement null while it is being asked for
   */
  function tell(composer, judgement) {
    for (const watcher of watchers) watcher(composer, judgement);
    if (judgement?.fault) expect(composer, judgement, AGAIN);
  }

  /**
   * Nobody should read "Not checked" beside a server that is well by now: nothing else would ask till the next key.
   * @param {Composer} composer
   * @param {Judgement} told
   * @param {number} pause
   */
  function expect(composer, told, pause) {
    if (!told.fault || !PASSING.includes(told.fault.kind)) return;
    clearTimeout(timers.get(composer.box));
    timers.set(composer.box, setTimeout(() => scoreAgain(composer, told, pause), pause));
  }

  /**
   * Ask in silence: only what is new is told.
   * @param {Composer} composer
   * @param {Judgement} told
   * @param {number} pause
   */
  async function scoreAgain(composer, told, pause) {
    if (!composer.box.isConnected || !site.active()) return;
    const later = Math.min(2 * pause, SELDOM);
    if (document.hidden) return expect(composer, told, later);
    const draft = draftOf(composer);
    if (draft.key !== told.draft.key) return score(composer);
    const judged = await check(draft);
    if (draftOf(composer).key !== draft.key) return;
    if (judged.fault?.kind === told.fault?.kind) return expect(composer, told, later);
    tell(composer, judged);
  }

  /** Where something was typed, till the pause in which it is read. @type {Map<Element, ReturnType<typeof setTimeout>>} */
  const typedAt = new Map();

  let readied = -Infinity;

  /**
   * Within the pause before the draft goes, the worker wakes and has the server prove itself.
   * @param {number} time
   */
  function prepare(time) {
    if (time - readied < READY_EVERY) return;
    readied = time;
    setTimeout(() => link.ask('ready'));
  }

  /**
   * At a key nothing is asked of the page: what is the box and what stands in it is read in the pause.
   * @param {Element} target
   */
  function wait(target) {
    clearTimeout(typedAt.get(target));
    typedAt.set(target, setTimeout(() => typedInto(target), DELAY));
  }

  // An editor that puts the words in by itself lets no `input` follow.
  hooks.on('beforeinput input', (event) => {
    const target = hooks.target(event);
    if (!target || !site.active()) return;
    prepare(event.timeStamp);
    wait(target);
  });

  /** @param {Element} target */
  function typedInto(target) {
    typedAt.delete(target);
    const composer = site.composerAt(target);
    if (!composer) return;
    use(composer);
    score(composer);
  }

  /** The box that is written in. @type {HTMLElement | null} */
  let followed = null;
  // A paste, an undo or an emoji that an editor puts in by itself is no `input` at all. What stirs without end, as the
  // caret of a fellow writer does, must not put the reading off.
  const changes = new MutationObserver(() => {
    if (!followed || typedAt.size || !site.active()) return;
    prepare(performance.now());
    wait(followed);
  });

  /** @param {Composer} composer */
  function use({ box }) {
    site.use(box);
    if (box === followed) return;
    changes.disconnect();
    followed = box;
    if (!nodes.isField(box)) changes.observe(box, { subtree: true, childList: true, characterData: true });
  }

  hooks.on('focusin', async (event) => {
    const target = hooks.target(event);
    await site.ready;
    const composer = site.active() && site.composerAt(target);
    if (!composer) return;
    use(composer);
    touch(composer);
  });

  /** Documents of frames that are listened to for a box whose button stands out here. @type {WeakSet<Document>} */
  const framed = new WeakSet();

  /** @param {Event} event */
  function typedInFrame(event) {
    const composer = site.active() && site.composerAt(hooks.target(event));
    if (composer) touch(composer);
  }

  /** The focus may have gone into a frame. */
  function listenInside() {
    const inner = nodes.inside(document.activeElement);
    if (!inner || framed.has(inner)) return;
    framed.add(inner);
    inner.addEventListener('input', typedInFrame, true);
  }

  // Only after the event is the frame the active element, in Firefox.
  hooks.on('blur', (event) => event.target === window && setTimeout(listenInside));

  files.onChange(({ box }) => {
    // A photo may be attached before anything was written: its box is then the one in use.
    if (!site.last() && box?.isConnected) site.use(box);
    const composer = site.last();
    if (composer) touch(composer);
  });

  /** What was answered is asked anew: the person wants to hear of it otherwise. */
  function forget() {
    verdicts.clear();
  }

  return {
    forget, draftOf, draft, isEmpty, known, check, settle, touch, tell, isSettled,
    onVerdict: (/** @type {(composer: Composer, judgement: Judgement | null) => void} */ watcher) => watchers.push(watcher),
  };
})();
