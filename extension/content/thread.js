/**
 * The conversation before a message: the last messages that the page shows. They are read
 * only while the person has it switched on; the worker asks that again before anything is sent.
 */
const thread = (() => {
  const MOST = 12;
  const LONGEST = 1500;
  const BESIDE = 'time, .time, button, [role="button"], [aria-hidden="true"]';

  /**
   * @param {Composer} composer
   * @returns {Message[]} oldest first
   */
  function of({ box, kind }) {
    const { thread: where, channel } = kind;
    if (!where || channel !== 'message' || !wishes.chats()) return [];
    const around = [...site.climb(box)].find((element) => element.querySelector(where.message));
    const shown = [...(around?.querySelectorAll(where.message) ?? [])].filter((one) => one.getClientRects().length && !one.contains(box));
    return shown.slice(-MOST).flatMap((one) => message(one, where));
  }

  /**
   * @param {Element} element
   * @param {Thread} where
   * @returns {Message[]}
   */
  function message(element, where) {
    const said = where.text ? element.querySelector(where.text) : element;
    const text = said ? wordsOf(said).slice(0, LONGEST) : '';
    if (!said || !text) return [];
    const own = where.mine === 'side' ? onOwnSide(said, element) : element.matches(where.mine);
    return [{ from: own ? 'me' : 'them', text }];
  }

  /** @param {Element} element */
  function wordsOf(element) {
    let text = '';
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (!node.parentElement?.closest(BESIDE)) text += node.nodeValue;
    return text.replace(/\s+/g, ' ').trim();
  }

  /**
   * Where nothing names the sender, one's own bubbles stand at the end of the line.
   * @param {Element} bubble
   * @param {Element} row
   */
  function onOwnSide(bubble, row) {
    const [inner, outer] = [bubble.getBoundingClientRect(), row.getBoundingClientRect()];
    const [before, after] = [inner.left - outer.left, outer.right - inner.right];
    return getComputedStyle(row).direction === 'rtl' ? before < after : after < before;
  }

  return { of };
})();
