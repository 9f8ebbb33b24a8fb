/**
 * The near end of page/outgoing.js: what a page is about to post is held where the words
 * of a draft are in it that were never let go. It asks only after a press or an Enter of
 * the person's own, so that what a page saves by itself meanwhile is not asked about.
 */
const outgoing = (() => {
  const FRESH = 5000;
  const SHORTEST = 4;
  const LONGEST = 1000000;
  /** What stood in the box when the person last pressed something. @type {{composer: Composer, draft: Draft, at: number} | null} */
  let moment = null;
  /** @type {MessagePort | null} */
  let port = null;
  /** One question for one draft, however often the page posts it. @type {Map<string, Promise<boolean>>} */
  const open = new Map();

  /** @param {MouseEvent & KeyboardEvent} event */
  function remember(event) {
    if (!port || !event.isTrusted || !site.active() || surface.mine(event)) return;
    if (event.type === 'keydown' && (event.key !== 'Enter' || event.isComposing || event.keyCode === 229)) return;
    const composer = site.last();
    const draft = composer && watch.draftOf(composer);
    if (composer && draft && !watch.isEmpty(draft)) moment = { composer, draft, at: Date.now() };
  }

  /** The draft at stake, or null. */
  function atStake() {
    if (!moment || !site.active() || Date.now() - moment.at > FRESH) return null;
    return hold.lets(moment.draft) ? null : moment;
  }

  /** @param {MessageEvent} event an empty question asks whether any draft is at stake */
  function onAsk(event) {
    const stake = atStake();
    if (!stake) return;
    const question = String(event.data);
    if (question === '') return event.preventDefault();
    const space = question.indexOf(' ');
    if (!carries(question.slice(space + 1), stake.draft.text)) return;
    event.preventDefault();
    const id = Number(question.slice(0, space));
    judge(stake).then((goes) => port?.postMessage({ id, goes }));
  }

  /** @param {{composer: Composer, draft: Draft}} stake */
  function judge({ composer, draft }) {
    const asked = open.get(draft.key) ?? hold.judge(composer, draft);
    open.set(draft.key, asked);
    asked.finally(() => open.delete(draft.key));
    return asked;
  }

  /**
   * Whether a body holds a line of the draft, however it is written: as JSON, in a form, with tags.
   * @param {string} body
   * @param {string} text
   */
  function carries(body, text) {
    const line = text.split('\n').map(letters).reduce((longest, one) => (one.length > longest.length ? one : longest), '');
    const start = body.slice(0, LONGEST);
    return line.length >= SHORTEST && [start, unescaped(start)].some((one) => letters(one.replace(/<[^<>]{0,200}>/g, ' ')).includes(line));
  }

  /** @param {string} text */
  function letters(text) {
    return text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');
  }

  /** @param {string} body */
  function unescaped(body) {
    const plain = body.replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(parseInt(code, 16))).replace(/\\[nrtbf"\\/]/g, ' ');
    try {
      return decodeURIComponent(plain.replace(/\+/g, ' '));
    } catch {
      return plain;
    }
  }

  /** Said once, before any script of the page runs; where nobody answers there is nothing to hear. */
  function meet() {
    const take = (/** @type {any} */ event) => {
      event.stopImmediatePropagation();
      port = event.ports[0] ?? null;
    };
    addEventListener('second-look-port', take, true);
    dispatchEvent(new Event('second-look-hello'));
    removeEventListener('second-look-port', take, true);
    port?.addEventListener('ask', /** @type {any} */ (onAsk));
    port?.addEventListener('input', (/** @type {any} */ event) => hooks.adopt(event.relatedTarget));
  }

  // A script that comes into an open page is late: the page could have heard and answered.
  if (document.readyState === 'loading' && document.scripts.length === 0) meet();
  hooks.on('pointerdown click keydown', remember);

  return { carries };
})();
