/** Which boxes of this page are composers, and which controls send them: sites.json applied. */
const site = (() => {
  /** @type {Site | null} */
  let entry = null;
  /** @type {Kind[]} */
  let kinds = [];
  let paused = false;
  /** @type {HTMLElement | null} */
  let last = null;

  /** @type {Promise<void>} */
  const ready = meet();

  async function meet() {
    const { value } = await link.ask('hello');
    if (!value) return;
    words.learn(value.language, value.words);
    entry = value.site;
    paused = value.paused;
    kinds = value.site.boxes.map((/** @type {BoxEntry} */ box) => ({ ...defaults(value.site), ...box }));
  }

  /**
   * @param {Site} from
   * @returns {Behaviour}
   */
  function defaults({ send, enter, channel, audience, files }) {
    return { send, enter, channel, audience, files };
  }

  /**
   * An element and all above it, through shadow roots.
   * @param {Node | null} node
   * @returns {Generator<Element>}
   */
  function* climb(node) {
    for (let at = node; at; at = at.parentNode ?? /** @type {ShadowRoot} */ (at).host ?? null) if (at instanceof Element) yield at;
  }

  /**
   * The composer that a node stands in, or null.
   * @param {Node | null} node
   * @returns {Composer | null}
   */
  function composerAt(node) {
    for (const element of climb(node)) {
      const kind = kinds.find(({ match }) => element.matches(match));
      if (kind && editable(element)) return compose(/** @type {HTMLElement} */ (element), kind);
    }
    return null;
  }

  /**
   * The send control that a node stands in, with the composer that it sends, or null.
   * @param {Node | null} node
   * @returns {{control: Element, composer: Composer | null} | null}
   */
  function controlAt(node) {
    for (const element of climb(node)) {
      const fitting = kinds.filter((kind) => kind.send.some((selector) => element.matches(selector)));
      if (fitting.length) return { control: element, composer: nearest(element, fitting) };
    }
    return null;
  }

  /**
   * The composer in the smallest surroundings of a control, else the one used last.
   * @param {Element} control
   * @param {Kind[]} fitting
   */
  function nearest(control, fitting) {
    for (const around of surroundings(control)) {
      for (const kind of fitting) {
        const box = boxesIn(around, kind).at(-1);
        if (box) return compose(box, kind);
      }
    }
    return last?.isConnected ? composerAt(last) : null;
  }

  /**
   * @param {Element} control
   * @returns {Generator<ParentNode>}
   */
  function* surroundings(control) {
    yield* climb(control);
    yield document;
  }

  /**
   * @param {HTMLElement} box
   * @param {Kind} kind
   * @returns {Composer}
   */
  function compose(box, kind) {
    const group = kind.group && [...climb(box)].find((element) => element.matches(/** @type {string} */ (kind.group)));
    const boxes = group ? boxesIn(group, kind) : [box];
    return { box, kind, boxes: boxes.length ? boxes : [box], root: group || surroundingsOf(box, kind) };
  }

  /**
   * The smallest ancestor that holds the box and a send control.
   * @param {HTMLElement} box
   * @param {Kind} kind
   */
  function surroundingsOf(box, kind) {
    const all = kind.send.join(',');
    for (const element of climb(box.parentNode)) if (all && element.querySelector(all)) return element;
    return box.parentElement ?? document;
  }

  /**
   * @param {ParentNode} around
   * @param {Kind} kind
   */
  function boxesIn(around, kind) {
    const found = /** @type {HTMLElement[]} */ ([...around.querySelectorAll(kind.match)]);
    return found.filter((box) => editable(box) && box.getClientRects().length);
  }

  /**
   * A send control of a composer, as the page shows it now.
   * @param {Composer} composer
   */
  function controlOf({ kind, root }) {
    const all = kind.send.join(',');
    return all ? (root.querySelector(all) ?? document.querySelector(all)) : null;
  }

  /** @param {Element} element */
  function editable(element) {
    return element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement
      || (element instanceof HTMLElement && element.isContentEditable);
  }

  /** @param {HTMLElement} box */
  function use(box) {
    last = box;
  }

  chrome.runtime.onMessage.addListener((message, sender) => {
    if (sender.id === chrome.runtime.id && message?.type === 'paused') paused = message.paused;
  });

  return {
    ready, climb, composerAt, controlAt, controlOf, editable, use,
    again: meet,
    entry: () => entry,
    name: () => (entry?.nameKey ? words.say(entry.nameKey) : (entry?.name ?? '')),
    active: () => Boolean(entry) && !paused,
    paused: () => paused,
    known: () => Boolean(entry),
    last: () => (last?.isConnected ? composerAt(last) : null),
  };
})();
