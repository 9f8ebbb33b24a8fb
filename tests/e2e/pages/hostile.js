/** A page under a known site's name that tries to see, read, press, hide and use the extension. */
const box = document.querySelector('textarea');
document.querySelector('button').addEventListener('click', (event) => {
  if (!box.value.trim()) return;
  window.post(box.value, [], event);
  box.value = '';
});

/** Whether a promise is fulfilled soon. */
function works(promise) {
  const late = new Promise((resolve) => setTimeout(resolve, 3000, false));
  return Promise.race([Promise.resolve(promise).then(() => true, () => false), late]);
}

function loads(url) {
  return works(new Promise((resolve, reject) => {
    const image = Object.assign(new Image(), { src: url, onload: resolve, onerror: reject });
    document.body.append(image);
    setTimeout(() => image.remove(), 3000);
  }));
}

/** What the page can find of the extension: names of what it found. */
async function spy(base) {
  const found = [];
  const nouns = ['hooks', 'surface', 'link', 'watch', 'hold', 'dialog', 'files'];
  found.push(...nouns.filter((noun) => noun in window || window.eval(`typeof ${noun}`) === 'object'));
  if (window.chrome?.runtime?.sendMessage || window.chrome?.storage || window.browser) found.push('chrome');
  for (const path of ['manifest.json', 'sites.json', 'content/hooks.js']) {
    if (await works(fetch(`${base}/${path}`))) found.push(path);
  }
  if (await loads(`${base}/icons/icon-16.png`)) found.push('icon');
  return found;
}

/** What stands beside head and body. */
function strangers() {
  return [...document.documentElement.children].filter((element) => !['HEAD', 'BODY'].includes(element.tagName));
}

/** All that a page can read of what the extension shows. */
function read() {
  return strangers().map((element) => [
    new XMLSerializer().serializeToString(element), element.innerText, String(element.shadowRoot),
    String(element.getRootNode({ composed: true }) === document), document.getSelection().toString(),
  ].join(' ')).join(' ') + document.documentElement.innerText + JSON.stringify({ ...document.documentElement.dataset });
}

/** Press and key at every place of the window and at the host itself, as only a script can. */
function pressAll() {
  const targets = new Set(strangers());
  for (let x = 5; x < innerWidth; x += 20) {
    for (let y = 5; y < innerHeight; y += 20) {
      const at = document.elementFromPoint(x, y);
      const init = { bubbles: true, cancelable: true, composed: true, view: window, clientX: x, clientY: y, detail: 1 };
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) at?.dispatchEvent(new MouseEvent(type, init));
      if (at && strangers().includes(at)) targets.add(at);
    }
  }
  for (const target of targets) {
    target.click();
    for (const key of ['Enter', ' ', 'Escape', 'Tab']) target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
  }
  return targets.size;
}

function restyle() {
  const sheet = document.createElement('style');
  sheet.textContent = `html > * { display: none !important; opacity: 0 !important; visibility: hidden !important; transform: scale(0) !important; }
    body { display: block !important; visibility: visible !important; opacity: 1 !important; transform: none !important; }
    dialog, [popover] { display: none !important; }
    .cover { position: fixed; inset: 0; z-index: 2147483647; background: white; }`;
  document.head.append(sheet);
  document.body.append(Object.assign(document.createElement('div'), { className: 'cover' }));
}

/** What of the person's server a page can reach. */
async function reach(address) {
  const asked = [
    ['status', () => fetch(`${address}/v1/status`)],
    ['checks', () => fetch(`${address}/v1/checks`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"text":"x"}' })],
    ['pairings', () => fetch(`${address}/v1/pairings`, { method: 'POST', mode: 'no-cors', body: '{}' })],
    ['proofs', () => fetch(`${address}/v1/proofs`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: '0'.repeat(16), word: 'w'.repeat(43), address }) })],
    ['joins', () => fetch(`${address}/v1/joins`, { method: 'POST', mode: 'no-cors', body: '{"code":"AAAABBBBCCCCDDDD","device":"x"}' })],
    ['welcome', () => fetch(`${address}/welcome`, { credentials: 'include' })],
  ];
  const found = [];
  for (const [name, go] of asked) if (await works(go())) found.push(name);
  return found;
}

/** Answers to messages that look like the extension's own. */
async function forge() {
  const heard = [];
  addEventListener('message', (event) => event.data?.echo || heard.push(JSON.stringify(event.data)));
  for (const type of ['hello', 'ready', 'check', 'welcome', 'overview', 'pair', 'join', 'open_pages']) {
    window.postMessage({ type, data: {}, echo: true }, '*');
    document.dispatchEvent(new CustomEvent(type, { detail: {} }));
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  return heard;
}

/** Make the host unusable by what HTML lets a page put on an element. */
function disable() {
  for (const host of strangers()) {
    Object.assign(host, { inert: true, hidden: true, id: 'found', className: 'found' });
    host.setAttribute('style', 'display: none !important; pointer-events: none !important; content-visibility: hidden !important');
    host.setAttribute('popover', 'manual');
    host.setAttribute('aria-hidden', 'true');
  }
}

/** Put the host where nothing is shown, keeping its state where the browser can. */
function move() {
  const cellar = Object.assign(document.createElement('div'), { hidden: true });
  document.body.append(cellar);
  for (const host of strangers()) {
    if (cellar.moveBefore) cellar.moveBefore(host, null);
    else cellar.append(host);
  }
}

/** What a page may show above all: a dialog that looks like the extension's, whose buttons do the page's will. */
function fake() {
  const dialog = document.createElement('dialog');
  dialog.style = 'inline-size: 90vw; block-size: 90vh';
  dialog.append(Object.assign(document.createElement('button'), { id: 'fake', textContent: 'Share anyway', onclick: () => (window.faked = true) }));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** The same again and again, faster than anybody can press. */
function insist(times) {
  const dialog = fake();
  let left = times;
  const timer = setInterval(() => {
    dialog.close();
    dialog.showModal();
    if (--left === 0) {
      clearInterval(timer);
      dialog.remove();
    }
  }, 30);
}

/** Paint over everything, and let the presses through to what lies beneath. */
function veil() {
  const cloth = document.createElement('div');
  cloth.popover = 'manual';
  cloth.style = 'position: fixed; inset: 0; inline-size: 100vw; block-size: 100vh; background: white; pointer-events: none; border: 0';
  cloth.textContent = 'Press here to win';
  document.body.append(cloth);
  cloth.showPopover();
  const timer = setInterval(() => {
    cloth.hidePopover();
    cloth.showPopover();
  }, 50);
  window.unveil = () => {
    clearInterval(timer);
    cloth.remove();
  };
}

/** Let no script and no timer run for a while. */
function stall(time) {
  for (const end = performance.now() + time; performance.now() < end;);
}

/** What a page could look for before and after: globals, patched functions, styles, highlights, loads. */
function trace() {
  const natives = [addEventListener, EventTarget.prototype.addEventListener, fetch, Element.prototype.attachShadow, HTMLDialogElement.prototype.showModal, MutationObserver];
  const input = document.createElement('input');
  return JSON.stringify([
    Object.getOwnPropertyNames(window).sort(), natives.map(String), [...document.styleSheets].length, document.adoptedStyleSheets.length,
    [...CSS.highlights.keys()], performance.getEntriesByType('resource').filter(({ name }) => /^(chrome|moz)-extension:/.test(name)).length,
    document.documentElement.getAttributeNames(), document.body.getAttributeNames(), document.querySelector('textarea').getAttributeNames(),
    input.hasAttribute('data-secondlook'), document.head.childElementCount, document.body.childElementCount, document.cookie, location.href, history.length,
  ]);
}

window.attack = {
  spy, strangers: () => strangers().length, read, pressAll, restyle, reach, forge, disable, move, fake, insist, veil, stall, trace,
  remove: () => strangers().forEach((element) => element.remove()),
  host: () => strangers().map((element) => [element.localName, element.getAttributeNames().length, element.childNodes.length]),
};
