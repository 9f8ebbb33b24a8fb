/**
 * How an element stands in its page, told by names alone: tag, id, stable attributes, class.
 * No label, no text and no number of the page gets in, so that it can be kept and reported.
 */
const structure = (() => {
  const KEPT = ['data-testid', 'data-test-id', 'data-qa', 'data-tid', 'role', 'name', 'contenteditable', 'type'];
  const NAME = /^[a-z][a-z_-]{1,40}$/i;
  const MOST_STEPS = 6;

  /**
   * One step: `div[role='textbox'].box`.
   * @param {Element} element
   */
  function step(element) {
    const attributes = KEPT.flatMap((name) => {
      const value = element.getAttribute(name);
      return value && NAME.test(value) ? [`[${name}='${value}']`] : [];
    });
    const classes = [...element.classList].filter((name) => NAME.test(name)).slice(0, 2).map((name) => `.${CSS.escape(name)}`);
    const id = NAME.test(element.id) ? `#${CSS.escape(element.id)}` : '';
    return `${CSS.escape(element.localName)}${id}${classes.join('')}${attributes.join('')}`;
  }

  /**
   * The chain that a report tells: `div[role='dialog'] > form > textarea`.
   * @param {Element} element
   */
  function chain(element) {
    return [...site.climb(element)].slice(0, MOST_STEPS).reverse().map(step).join(' > ');
  }

  /**
   * The shortest chain that finds this element, and few others, again.
   * @param {Element} element
   */
  function selector(element) {
    const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    let found = '';
    for (let at = /** @type {Element | null} */ (element); at && at !== document.body; at = at.parentElement) {
      found = found ? `${step(at)} > ${found}` : step(at);
      if (root.querySelectorAll(found).length === 1 || found.split(' > ').length >= MOST_STEPS) break;
    }
    return found;
  }

  return { chain, selector };
})();
