/**
 * A page built from a structure: the chains of elements around each box and its button, the
 * real editor in it, and what Enter does. A chain is `tag#id.class[name='value']{text}`, steps
 * parted by ` > `; `@open` or `@closed` gives an element a shadow root, for what follows.
 */
const STEP = /^([\w-]+)?((?:#[\w$-]+|\.[\w-]+|\[[^\]]+\])*)(?:\{(.*)\})?(?:@(open|closed))?$/;

/** @param {string} step */
function make(step) {
  const [, tag = 'div', marks, text, mode] = STEP.exec(step) ?? (() => { throw new Error(`no step: ${step}`); })();
  const element = document.createElement(tag);
  for (const [, id, name, attribute, value] of marks.matchAll(/#([\w$-]+)|\.([\w-]+)|\[([\w-]+)(?:='([^']*)')?\]/g)) {
    if (id) element.id = id;
    else if (name) element.classList.add(name);
    else element.setAttribute(attribute, value ?? '');
  }
  if (text) element.textContent = text;
  return { element, inside: mode ? element.attachShadow({ mode }) : element };
}

/**
 * @param {string} chain
 * @param {Node} within
 * @returns {HTMLElement} the last element of the chain
 */
function build(chain, within) {
  let at = within;
  let last = null;
  for (const step of chain.split(' > ').filter(Boolean)) {
    const { element, inside } = make(step);
    at.append(element);
    at = inside;
    last = element;
  }
  return last;
}

/** Where a chain leads, for what is built after it. */
function place(chain, within) {
  let at = within;
  for (const step of chain.split(' > ').filter(Boolean)) {
    const { element, inside } = make(step);
    at.append(element);
    at = inside;
  }
  return at;
}

const said = ({ key, shiftKey, ctrlKey, metaKey, isComposing, keyCode }) => {
  if (key !== 'Enter' || shiftKey || isComposing || keyCode === 229) return '';
  return ctrlKey || metaKey ? 'ctrl' : 'send';
};

const script = (name) => new Promise((resolve, reject) => {
  document.head.append(Object.assign(document.createElement('script'), { src: `/editor/${name}.js`, onload: resolve, onerror: reject }));
});

async function compose({ around, box, send, editor, enter, on = 'click' }) {
  await script(editor);
  const frame = place(around, document.getElementById('page'));
  const target = build(box, frame);
  target.classList.add('box');
  if (target.tagName === 'SPAN') target.style.display = 'block';
  const leaf = build(send, frame);
  if (leaf.tagName !== 'INPUT') leaf.textContent ||= '➤';
  const button = leaf.closest('button, [role="button"], a') ?? leaf;
  const model = await window.mountEditor(target);
  const out = (event) => {
    event.preventDefault();
    if (!model.text().trim()) return;
    window.post(model.text(), [], event);
    model.clear();
  };
  const keys = model.frame ? model.frame.contentDocument : frame;
  keys.addEventListener('keydown', (event) => {
    const how = said(event);
    if (!how || button.contains(event.target) || (how === 'send' && enter !== 'send') || (how === 'ctrl' && enter === 'newline')) return;
    event.stopPropagation();
    out(event);
  }, true);
  if (on === 'submit') button.closest('form').addEventListener('submit', out);
  else button.addEventListener(on, out);
  Object.assign(window, { model, button: leaf, box: () => model.frame ?? frame.querySelector('textarea, input, iframe, [contenteditable="true"]') ?? target });
}

const structure = JSON.parse(document.getElementById('structure').textContent);
const wanted = structure[Number(new URLSearchParams(location.search).get('box') ?? 0)];
compose(wanted).then(() => { document.documentElement.dataset.built = 'true'; });
