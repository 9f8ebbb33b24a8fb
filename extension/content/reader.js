/**
 * The words in a box, as the editor itself has them. `innerText` is wrong for several
 * editors, so blocks are walked: one line each, the trailing <br> dropped, the
 * placeholder skipped. Each run of text remembers its node, so that an offset leads
 * back to the place in the page.
 */
const reader = (() => {
  const BLOCKS = new Set(['ADDRESS', 'ARTICLE', 'ASIDE', 'BLOCKQUOTE', 'DD', 'DIV', 'DL', 'DT', 'FIGCAPTION', 'FIGURE', 'FOOTER',
    'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'HEADER', 'HR', 'LI', 'MAIN', 'NAV', 'OL', 'P', 'PRE', 'SECTION', 'TABLE', 'TD', 'TH', 'TR', 'UL']);
  const SKIPPED = ['[data-slate-placeholder]', '[contenteditable="false"][aria-hidden="true"]', 'script', 'style', 'template',
    '.ProseMirror-trailingBreak', '.ProseMirror-separator'].join();
  const INVISIBLE = /[\uFEFF\u200B]/;

  /**
   * @param {HTMLElement} box
   * @returns {Reading}
   */
  function read(box) {
    if (nodes.isField(box)) return { text: box.value, segments: [] };
    const writer = new Writer(/^pre|break-spaces/.test(getComputedStyle(box).whiteSpace));
    walk(box, writer);
    return writer.finish();
  }

  /**
   * Several boxes that are sent together, one after the other.
   * @param {HTMLElement[]} boxes
   * @returns {Reading}
   */
  function readAll(boxes) {
    if (boxes.length === 1) return read(boxes[0]);
    let text = '';
    /** @type {Segment[]} */
    const segments = [];
    for (const box of boxes) {
      if (text) text += '\n\n';
      const reading = read(box);
      const shift = text.length;
      segments.push(...reading.segments.map((segment) => ({ ...segment, start: segment.start + shift, end: segment.end + shift })));
      text += reading.text;
    }
    return { text, segments };
  }

  /** Text under construction: lines are opened lazily, so that nested blocks make one break. */
  class Writer {
    /** @param {boolean} preserves white space is kept as it is */
    constructor(preserves) {
      this.preserves = preserves;
      this.text = '';
      /** @type {Segment[]} */
      this.segments = [];
      /** A line break that the next content, or the end of an empty block, makes real. */
      this.pending = false;
      this.open = false;
    }

    /** @param {Text} node */
    write(node) {
      let from = 0;
      for (const piece of node.data.split(INVISIBLE)) {
        if (piece) this.piece(node, piece, from);
        from += piece.length + 1;
      }
    }

    /**
     * @param {Text} node
     * @param {string} piece
     * @param {number} from
     */
    piece(node, piece, from) {
      if (!this.preserves && !piece.trim() && /[\n\r]/.test(piece)) return;
      this.begin();
      const start = this.text.length;
      this.text += this.preserves ? piece : piece.replace(/[\t\n\r]/g, ' ');
      this.segments.push({ node, start, end: this.text.length, from });
    }

    begin() {
      if (this.pending) this.text += '\n';
      this.pending = false;
      this.open = true;
    }

    /** A block begins or ends: what follows stands on a new line. */
    edge() {
      if (this.open) this.pending = true;
      this.open = false;
    }

    /** An empty block is an empty line. */
    empty() {
      this.begin();
      this.edge();
    }

    finish() {
      return { text: this.text, segments: this.segments };
    }
  }

  /**
   * @param {Element} element
   * @param {Writer} writer
   */
  function walk(element, writer) {
    for (const node of element.childNodes) {
      if (nodes.isText(node)) writer.write(node);
      else if (nodes.isElement(node) && !node.matches(SKIPPED)) visit(node, writer);
    }
  }

  /**
   * @param {Element} element
   * @param {Writer} writer
   */
  function visit(element, writer) {
    if (element.tagName === 'BR') return lineBreak(element, writer);
    if (!isBlock(element)) return walk(element, writer);
    writer.edge();
    const before = writer.segments.length;
    const length = writer.text.length;
    walk(element, writer);
    const silent = writer.segments.length === before && writer.text.length === length && !writer.open;
    if (silent && isLine(element)) writer.empty();
    writer.edge();
  }

  /**
   * A <br> at the end of its block only keeps the block open.
   * @param {Element} element
   * @param {Writer} writer
   */
  function lineBreak(element, writer) {
    if (isLast(element)) return;
    writer.begin();
    writer.text += '\n';
  }

  /** @param {Element} element */
  function isLast(element) {
    for (let at = /** @type {Node} */ (element); ; at = /** @type {Node} */ (at.parentNode)) {
      for (let next = at.nextSibling; next; next = next.nextSibling) if (hasContent(next)) return isBlockNode(next);
      const parent = at.parentNode;
      if (!nodes.isElement(parent) || isBlock(parent) || isBox(parent)) return true;
    }
  }

  /** @param {Node} node */
  function hasContent(node) {
    if (nodes.isText(node)) return node.data.replace(/[\uFEFF\u200B]/g, '') !== '';
    return nodes.isElement(node) && !node.matches(SKIPPED) && (node.tagName === 'BR' || isBlock(node) || [...node.childNodes].some(hasContent));
  }

  /** @param {Node} node */
  function isBlockNode(node) {
    return nodes.isElement(node) && isBlock(node);
  }

  /** @param {Element} element */
  function isBlock(element) {
    return BLOCKS.has(element.tagName);
  }

  /** @param {Element} element */
  function isBox(element) {
    return element.hasAttribute('contenteditable');
  }

  /**
   * A block without text is a line of its own if it holds no further block.
   * @param {Element} element
   */
  function isLine(element) {
    if (element.tagName === 'HR' || [...element.querySelectorAll('*')].some(isBlock)) return false;
    return element.querySelector('br, [data-text], [data-slate-zero-width]') !== null;
  }

  /**
   * The place in the page of a span of the text.
   * @param {Reading} reading
   * @param {number} start
   * @param {number} end
   * @returns {Range | null}
   */
  function range({ segments }, start, end) {
    const first = segments.find((segment) => segment.end > start);
    const last = segments.findLast((segment) => segment.start < end);
    if (!first || !last || first.start > end) return null;
    const found = first.node.ownerDocument.createRange();
    found.setStart(first.node, first.from + Math.max(0, start - first.start));
    found.setEnd(last.node, last.from + Math.min(last.end, end) - last.start);
    return found;
  }

  return { read, readAll, range };
})();
