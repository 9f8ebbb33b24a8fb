/**
 * The files of a draft. Each goes to the worker when it is attached, not when the
 * draft is sent, so that reading is over by then. A file that fails to be read is
 * remembered as such; it never counts as read.
 */
const files = (() => {
  /** @type {Item[]} */
  let items = [];
  /** Items whose input was emptied by the page: it keeps them elsewhere. @type {WeakSet<Item>} */
  const taken = new WeakSet();
  /** @type {((item: Item) => void)[]} */
  const watchers = [];
  let count = 0;

  /** @param {File} file */
  function mark({ name, size, lastModified, type }) {
    return [name, size, lastModified, type].join('|');
  }

  /**
   * Take note of a file; the same file is one item however it came.
   * @param {File} file
   * @param {HTMLElement | null} box
   * @param {HTMLInputElement | null} input
   */
  function add(file, box, input) {
    const known = items.find((item) => mark(item.file) === mark(file));
    if (known) {
      known.input = input ?? known.input;
      return known;
    }
    const item = /** @type {Item} */ ({ uid: `file-${++count}`, file, id: '', state: 'uploading', done: 0, total: 0, unit: '', fault: '', box, input });
    items.push(item);
    item.settled = read(item);
    return item;
  }

  /** @param {Item} item */
  async function read(item) {
    tell(item);
    const { value, error } = await link.ask('attach', { file: item.file }, 65000);
    if (error) return fail(item, error.kind);
    item.id = value.id;
    item.state = 'reading';
    await follow(item);
  }

  /** @param {Item} item */
  async function follow(item) {
    while (items.includes(item)) {
      tell(item);
      const { value, error } = await link.ask('attachment', { id: item.id, since: item.done }, 20000);
      if (error) return fail(item, error.kind);
      Object.assign(item, { done: value.done, total: value.total, unit: value.unit });
      if (value.state === 'done') break;
    }
    item.state = 'done';
    tell(item);
  }

  /**
   * @param {Item} item
   * @param {FaultKind} kind
   */
  function fail(item, kind) {
    item.state = 'failed';
    item.fault = kind;
    tell(item);
  }

  /** @param {Item} item */
  function tell(item) {
    for (const watcher of watchers) watcher(item);
  }

  /**
   * The items that go with a composer: its own, and those of no living composer.
   * @param {Composer} composer
   */
  function of(composer) {
    return items.filter(({ box }) => !box?.isConnected || composer.boxes.includes(box) || !site.composerAt(box));
  }

  /**
   * Read again what the server no longer has.
   * @param {Item[]} lost
   */
  async function again(lost) {
    for (const item of lost) {
      Object.assign(item, { id: '', state: 'uploading', done: 0, fault: '' });
      item.settled = read(item);
    }
    await Promise.all(lost.map(({ settled }) => settled));
  }

  /** @param {Item} item */
  function drop(item) {
    items = items.filter((other) => other !== item);
    if (item.id) link.ask('forget', { id: item.id });
    tell(item);
  }

  /**
   * The input's own files are the truth while the page leaves them there.
   * @param {HTMLInputElement} input
   */
  function sync(input) {
    const now = [...(input.files ?? [])];
    const marks = new Set(now.map(mark));
    for (const item of items) if (item.input === input && !taken.has(item) && !marks.has(mark(item.file))) drop(item);
    const box = (nearestBox(input) ?? site.last())?.box ?? null;
    const added = now.map((file) => add(file, box, input));
    setTimeout(() => added.forEach((item) => holds(item) || taken.add(item)), 400);
    return added;
  }

  /** @param {Item} item */
  function holds({ input, file }) {
    return input !== null && input.isConnected && [...(input.files ?? [])].some((other) => mark(other) === mark(file));
  }

  /** @param {Element} element */
  function nearestBox(element) {
    for (const around of site.climb(element)) {
      for (const box of around.querySelectorAll('textarea, [contenteditable="true"], [role="textbox"]')) {
        const composer = site.composerAt(box);
        if (composer) return composer;
      }
    }
    return null;
  }

  /**
   * After a send has gone through: forget what the page has let go of.
   * @param {Composer} composer
   * @param {Draft} draft
   */
  function sent(composer, draft) {
    if (!draft.items.length) return;
    setTimeout(() => {
      const emptied = draft.text.trim() !== '' && reader.readAll(composer.boxes).text.trim() === '';
      const gone = !composer.box.isConnected;
      for (const item of draft.items) if (emptied || gone || (item.input && !taken.has(item) && !holds(item))) drop(item);
    }, 1500);
  }

  hooks.on('change', async (event) => {
    const input = hooks.target(event);
    if (!nodes.isFileInput(input)) return;
    // A photo may be chosen before the worker has said what this page is.
    await site.ready;
    if (site.active()) sync(input);
  });

  hooks.on('paste drop', (event) => {
    if (!event.isTrusted || !site.active()) return;
    const carried = [...(event.clipboardData ?? event.dataTransfer)?.files ?? []];
    const composer = site.composerAt(hooks.target(event)) ?? site.last();
    for (const file of carried) add(file, composer?.box ?? null, null);
  });

  return { of, add, again, drop, sent, holds, mark, onChange: (/** @type {(item: Item) => void} */ watcher) => watchers.push(watcher) };
})();
