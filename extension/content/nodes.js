/**
 * What a node is. A node of another frame, or one that the page has carried over from
 * there, is no instance of this frame's classes, and a form's own properties can be hidden
 * by its fields' names: so the browser's own getters are asked, which answer for every node.
 */
const nodes = (() => {
  const ELEMENT = 1;
  const TEXT = 3;
  const DOCUMENT = 9;
  const typeOf = getter(Node.prototype, 'nodeType');
  const nameOf = getter(Element.prototype, 'localName');
  const fieldsOf = getter(HTMLFormElement.prototype, 'elements');

  /**
   * @param {object} prototype
   * @param {string} name
   */
  function getter(prototype, name) {
    const get = /** @type {() => any} */ (Object.getOwnPropertyDescriptor(prototype, name)?.get);
    /** @param {any} node */
    return (node) => Reflect.apply(get, node, []);
  }

  /** @param {any} node @param {number} type */
  function isOf(node, type) {
    if (!node) return false;
    try {
      return typeOf(node) === type;
    } catch {
      return false;
    }
  }

  /** @param {any} node @returns {node is Text} */
  function isText(node) {
    return isOf(node, TEXT);
  }

  /** @param {any} node @returns {node is HTMLElement} */
  function isElement(node) {
    return isOf(node, ELEMENT);
  }

  /** @param {any} node @returns {node is HTMLTextAreaElement} a box whose words are its value */
  function isField(node) {
    return isElement(node) && ['textarea', 'input'].includes(nameOf(node));
  }

  /** @param {any} node @returns {node is HTMLInputElement} */
  function isFileInput(node) {
    return isElement(node) && nameOf(node) === 'input' && /** @type {any} */ (node).type === 'file';
  }

  /** @param {any} node @returns {node is HTMLFormElement} */
  function isForm(node) {
    return isElement(node) && nameOf(node) === 'form';
  }

  /** All fields of a form, those that stand elsewhere too. @param {HTMLFormElement} form @returns {Element[]} */
  function fields(form) {
    return [...fieldsOf(form)];
  }

  /**
   * The document in a frame, where its origin is this page's own.
   * @param {any} frame
   * @returns {Document | null}
   */
  function inside(frame) {
    try {
      return frame.contentDocument;
    } catch {
      return null;
    }
  }

  /**
   * The frame that a document stands in, where the page around it is of the same origin.
   * @param {any} node
   * @returns {Element | null}
   */
  function around(node) {
    if (!isOf(node, DOCUMENT)) return null;
    try {
      return node.defaultView?.frameElement ?? null;
    } catch {
      return null;
    }
  }

  /**
   * Some surroundings and the documents of the frames in them.
   * @param {ParentNode} place
   * @returns {Generator<ParentNode>}
   */
  function* grounds(place) {
    yield place;
    for (const frame of place.querySelectorAll('iframe, frame')) {
      const inner = inside(frame);
      if (inner) yield* grounds(inner);
    }
  }

  return { isText, isElement, isField, isFileInput, isForm, fields, inside, around, grounds };
})();
