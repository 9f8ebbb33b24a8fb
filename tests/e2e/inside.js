/* global chrome, files, site, surface */
(() => {
  /**
   * The closed shadow root of the extension's interface, if it is there. It is remembered:
   * a script that has outlived its extension cannot ask for it any more.
   */
  function root() {
    self.rootSeen ??= surface.focused()?.getRootNode() ?? find();
    return self.rootSeen;
  }

  function find() {
    const elements = [...document.documentElement.children].filter((element) => element instanceof HTMLElement);
    return elements.map((element) => element.openOrClosedShadowRoot ?? chrome.dom?.openOrClosedShadowRoot(element)).find(Boolean);
  }

  /** How much the colour of a pixel changes under a drawn line; rescaling a picture twice changes it less. */
  const STROKE = 150;
  const open = (part) => Boolean(part?.isConnected && (part.open || part.matches(':popover-open')));
  const text = (element) => (element?.innerText ?? '').trim();
  const name = (button) => button.getAttribute('aria-label') || text(button);
  const buttons = () => [...(root()?.querySelectorAll('button') ?? [])].filter((one) => one.checkVisibility());

  function panel(selector) {
    const part = root()?.querySelector(selector);
    if (!open(part)) return null;
    return {
      title: text(part.querySelector('.heading')), lead: text(part.querySelector('.lead')),
      level: part.querySelector('.badge')?.dataset.level ?? '', text: text(part),
      quotes: [...part.querySelectorAll('mark')].map(text),
      pictures: [...part.querySelectorAll('figcaption')].map(text),
      buttons: [...part.querySelectorAll('button')].filter((one) => one.checkVisibility()).map(name),
    };
  }

  function shown() {
    const chip = root()?.querySelector('.chip');
    const toast = root()?.querySelector('.toast');
    const active = root()?.activeElement;
    return {
      chip: open(chip) && !chip.hidden ? { state: chip.dataset.state, label: text(chip.querySelector('.label')) || name(chip.querySelector('button')) } : null,
      card: panel('.card'), dialog: panel('dialog'), banner: panel('.banner'),
      toast: open(toast) ? text(toast) : '', focused: active ? name(active) : '',
    };
  }

  /** The middle of a button, in view; a dialog's before a card's. */
  function place(wanted) {
    const all = buttons().filter((one) => text(one) === wanted || name(one) === wanted || name(one).startsWith(`${wanted}: `) || name(one).endsWith(`: ${wanted}`));
    const button = all.find((one) => one.closest('dialog')) ?? all[0];
    if (!button) return null;
    button.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const { x, y, width, height } = button.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  }

  /** Where the picture as shown differs from the file as attached: what was drawn on it, as rectangles. */
  async function drawnBoxes() {
    const canvas = root().querySelector('dialog canvas');
    const boxes = [...document.querySelectorAll('textarea, [contenteditable="true"]')];
    const composer = site.last() ?? boxes.map(site.composerAt).find(Boolean);
    const whole = await createImageBitmap(files.of(composer).at(0).file);
    await drawn(canvas, whole);
    const { width, height } = canvas;
    const plain = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
    plain.imageSmoothingQuality = 'high';
    plain.drawImage(whole, 0, 0, width, height);
    const before = plain.getImageData(0, 0, width, height).data;
    const after = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    const differs = new Uint8Array(width * height);
    for (let at = 0; at < differs.length; at++) {
      differs[at] = [0, 1, 2].reduce((sum, colour) => sum + Math.abs(before[4 * at + colour] - after[4 * at + colour]), 0) > STROKE ? 1 : 0;
    }
    return regions(differs, width, height).map(([x, y, w, h]) => [x / width, y / height, w / width, h / height]);
  }

  /** The canvas takes the shape of the picture when it is drawn. */
  async function drawn(canvas, { width, height }) {
    while (Math.abs(canvas.width / canvas.height - width / height) > 0.01) await new Promise((painted) => setTimeout(painted, 16));
  }

  /** The rectangles around connected marked pixels, specks left out. */
  function regions(marked, width, height) {
    const found = [];
    for (let start = 0; start < marked.length; start++) {
      if (!marked[start]) continue;
      const box = [width, height, 0, 0];
      const todo = [start];
      marked[start] = 0;
      while (todo.length) {
        const at = todo.pop();
        const [x, y] = [at % width, Math.floor(at / width)];
        box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
        for (const next of [at - 1, at + 1, at - width, at + width]) {
          if (marked[next]) { marked[next] = 0; todo.push(next); }
        }
      }
      if (box[2] - box[0] > 6 && box[3] - box[1] > 6) found.push([box[0], box[1], box[2] - box[0], box[3] - box[1]]);
    }
    return found;
  }

  /** The words that are marked in the box: where, and how loudly. */
  function marked() {
    const drawn = [...(root()?.querySelectorAll('.marks:popover-open i') ?? [])];
    return drawn.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return { x, y, width, height, level: one.dataset.level };
    });
  }

  /** Come back when what is shown has stopped moving. */
  async function settle() {
    const moving = (root()?.getAnimations() ?? []).filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map((one) => one.finished));
  }

  const dialog = () => root()?.querySelector('dialog');

  return { shown, dialog, place, drawnBoxes, marked, settle };
})()
