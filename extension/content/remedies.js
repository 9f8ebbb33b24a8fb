/**
 * What can be done in place: cut words, cover regions, strip what a file says beside
 * its picture. Nothing here runs without the person's own click.
 */
const remedies = (() => {
  const { make } = surface;
  /**
   * Kinds of files that the server makes a safe copy of; the copy is read back before it is given out.
   * Browsers that do not know a kind, such as HEIC, give none: then the server's word counts alone.
   */
  const COVERABLE = /^(image\/.+|application\/pdf|application\/octet-stream|)$/;

  /**
   * @typedef {{finding: FindingJson, verdict: VerdictJson, draft: Draft, changed: () => void, tell: (text: string) => void}} Help
   * @param {Help} help
   * @returns {HTMLElement[]}
   */
  function offer(help) {
    const { finding, draft } = help;
    const offered = [];
    if (finding.remedies.includes('cut_text') && findings.spans(finding).length && draft.composer) offered.push(button('cutWords', () => cut(help)));
    for (const item of draft.items.filter(({ id }) => finding.places.some(({ part }) => part === id))) {
      if (!COVERABLE.test(item.file.type)) continue;
      if (finding.remedies.includes('cover_boxes')) offered.push(button('coverParts', () => copy(help, item, ['cover_boxes', 'strip_metadata'])));
      else if (finding.remedies.includes('strip_metadata')) offered.push(button('stripMetadata', () => copy(help, item, ['strip_metadata'])));
    }
    return offered;
  }

  /**
   * @param {string} key
   * @param {() => void} act
   */
  function button(key, act) {
    return make('button', { class: 'remedy', type: 'button', text: words.say(key), act });
  }

  /**
   * Cut the words, last first so that the offsets before them hold, by way of the
   * editing commands: the editor takes part and "undo" brings them back.
   * @param {Help} help
   */
  async function cut({ finding, verdict, draft, changed, tell }) {
    const { boxes, box } = /** @type {Composer} */ (draft.composer);
    if (reader.readAll(boxes).text !== draft.text) return changed();
    const ordered = findings.spans(finding).reverse();
    const expected = ordered.reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), draft.text);
    await dialog.aside(async () => {
      for (const span of ordered) await erase(box, boxes, span);
    });
    if (reader.readAll(boxes).text === draft.text) return tell(words.say('cutFailed'));
    if (reader.readAll(boxes).text !== expected) tell(words.say('cutLook'));
    findings.decide(verdict, 'edited', [finding.rule]);
    changed();
  }

  /**
   * @param {HTMLElement} box
   * @param {HTMLElement[]} boxes
   * @param {{start: number, end: number}} span
   */
  async function erase(box, boxes, { start, end }) {
    const own = box.ownerDocument;
    if (nodes.isField(box)) {
      box.focus();
      box.setSelectionRange(start, end);
    } else {
      const range = reader.range(reader.readAll(boxes), start, end);
      if (!range) return;
      (boxes.find((one) => one.contains(range.startContainer)) ?? box).focus();
      own.getSelection()?.removeAllRanges();
      own.getSelection()?.addRange(range);
    }
    // Editors take over the selection at `selectionchange`, which comes in its own task.
    await soon();
    const before = reader.readAll(boxes).text;
    if (!nodes.isField(box) && asks(box, own)) await soon();
    if (reader.readAll(boxes).text === before) own.execCommand('delete');
    await soon();
  }

  /**
   * An editor with a model of its own is asked first, as the browser asks it at a key: one
   * that hears `beforeinput` alone would have the words in its model still. True where it
   * took the matter over.
   * @param {HTMLElement} box
   * @param {Document} own
   */
  function asks(box, own) {
    const selection = own.getSelection();
    if (!selection?.rangeCount) return false;
    const targetRanges = [new StaticRange(selection.getRangeAt(0))];
    const init = { inputType: 'deleteContentBackward', bubbles: true, cancelable: true, composed: true, targetRanges };
    return !box.dispatchEvent(new InputEvent('beforeinput', init));
  }

  function soon() {
    return new Promise((resolve) => setTimeout(resolve, 20));
  }

  /**
   * A safe copy from the server takes the place of the file where the page still has
   * it in an input; else it is saved, and the person is told what to do with it.
   * @param {Help} help
   * @param {Item} item
   * @param {string[]} wanted
   */
  async function copy({ finding, verdict, changed, tell }, item, wanted) {
    const places = finding.places.filter(({ part }) => part === item.id);
    const { value, error } = await link.ask('copy', { id: item.id, remedies: wanted, places }, 20000);
    if (error) return tell(error.kind === 'rejected' ? words.say('copyFailed') : faults.message(error));
    const safe = new File([value], safeName(item.file.name, value.type), { type: value.type, lastModified: Date.now() });
    findings.decide(verdict, 'edited', [finding.rule]);
    if (upload.swap(item, safe) || swap(item, safe)) {
      tell(words.say('copySwapped', safe.name));
      return changed();
    }
    save(safe);
    tell(words.say('copySaved', safe.name, item.file.name));
  }

  /**
   * @param {string} name
   * @param {string} type
   */
  function safeName(name, type) {
    const ending = { 'image/jpeg': '.jpg', 'image/png': '.png', 'image/webp': '.webp', 'application/pdf': '.pdf' }[type] ?? '';
    return `${name.replace(/(-safe)?\.[^.]*$/, '')}-safe${ending}`;
  }

  /**
   * @param {Item} item
   * @param {File} safe
   */
  function swap(item, safe) {
    const { input } = item;
    if (!input || !files.holds(item)) return false;
    const transfer = new DataTransfer();
    for (const file of input.files ?? []) transfer.items.add(files.mark(file) === files.mark(item.file) ? safe : file);
    input.files = transfer.files;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }

  /** @param {File} file */
  function save(file) {
    const url = URL.createObjectURL(file);
    const anchor = make('a', { href: url, download: file.name });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  return { offer };
})();
