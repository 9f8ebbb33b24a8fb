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
    wishes.learn(value.wishes);
    kinds = value.site.boxes.map((/** @type {BoxEntry} */ box) => ({ ...defaults(value.site), ...box }));
  }

  /**
   * @param {Site} from
   * @returns {Behaviour}
   */
  function defaults({ send, verbs: said, labels, enter, channel, audience, files, thread }) {
    return { send, verbs: said, labels, enter, channel, audience, files, thread };
  }

  /**
   * Whether an element is a send control of a kind of box.
   * @param {Element} element
   * @param {Kind} kind
   */
  function sends(element, kind) {
    if (kind.send.some((selector) => element.matches(selector))) return true;
    return Boolean(kind.verbs || kind.labels) && verbs.says(element, kind.verbs ?? [], kind.labels);
  }

  /**
   * The first send control of a kind in some surroundings, or null.
   * @param {ParentNode} around
   * @param {Kind} kind
   */
  function controlIn(around, kind) {
    const known = kind.send.length ? around.querySelector(kind.send.join(',')) : null;
    if (known || !(kind.verbs || kind.labels)) return known;
    return [...around.querySelectorAll(verbs.BUTTONS)].find((element) => sends(element, kind)) ?? null;
  }

  /**
   * An element and all above it, through shadow roots and frames.
   * @param {Node | null} node
   * @returns {Generator<Element>}
   */
  function* climb(node) {
    for (const at of within(node)) if (nodes.isElement(at)) yield at;
  }

  /**
   * All that a node stands in, shadow roots and the frame around it among them.
   * @param {Node | null} node
   * @returns {Generator<Element | DocumentFragment | Document>}
   */
  function* within(node) {
    for (let at = /** @type {any} */ (node); at; at = at.parentNode ?? at.host ?? nodes.around(at)) if (at.querySelector) yield at;
  }

  /**
   * The composer that a node stands in, or null.
   * @param {Node | null} node
   * @returns {Composer | null}
   */
  function composerAt(node) {
    for (const element of climb(node)) {
      const kind = kinds.find((one) => element.matches(one.match) && accepts(element, one));
      if (kind) return compose(/** @type {HTMLElement} */ (element), kind);
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
      const fitting = kinds.filter((kind) => sends(element, kind));
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
    for (const around of within(control)) {
      for (const kind of fitting) {
        const box = boxesIn(around, kind).at(-1);
        if (box) return compose(box, kind);
      }
    }
    return last?.isConnected ? composerAt(last) : null;
  }

  /**
   * @param {HTMLElement} box
   * @param {Kind} kind
   * @returns {Composer}
   */
  function compose(box, kind) {
    const group = kind.group && [...climb(box)].find((element) => element.matches(/** @type {string} */ (kind.group)));
    const boxes = group ? boxesIn(group, kind) : [box];
    /** @type {ParentNode | ''} */
    let root = group || '';
    return {
      box, boxes: boxes.length ? boxes : [box], kind: kind.guess ? guess.tune(kind, box) : kind,
      // Looked for only when it is needed: this is asked at every key.
      get root() {
        return (root ||= surroundingsOf(box, kind));
      },
    };
  }

  /**
   * The smallest ancestor that holds the box and a send control.
   * @param {HTMLElement} box
   * @param {Kind} kind
   */
  function surroundingsOf(box, kind) {
    for (const around of within(box.parentNode)) if (controlIn(around, kind)) return around;
    return box.parentElement ?? document;
  }

  /**
   * @param {ParentNode} around
   * @param {Kind} kind
   */
  function boxesIn(around, kind) {
    const found = [...nodes.grounds(around)].flatMap((ground) => /** @type {HTMLElement[]} */ ([...ground.querySelectorAll(kind.match)]));
    return found.filter((box) => accepts(box, kind) && box.getClientRects().length);
  }

  /**
   * @param {Element} element
   * @param {Kind} kind
   */
  function accepts(element, kind) {
    return editable(element) && (!kind.guess || guess.fits(/** @type {HTMLElement} */ (element)));
  }

  /**
   * A send control of a composer, as the page shows it now.
   * @param {Composer} composer
   */
  function controlOf({ kind, root }) {
    return controlIn(root, kind) ?? controlIn(document, kind);
  }

  /** @param {Element} element */
  function editable(element) {
    return nodes.isField(element) || /** @type {HTMLElement} */ (element).isContentEditable === true;
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
