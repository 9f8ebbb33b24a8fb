/**
 * The one script that runs in a page's own world, on the few sites that sites.json names:
 * their send controls have no name that lasts, so a press may slip by. What such a page
 * posts (fetch, XMLHttpRequest, WebSocket, beacon, form) is asked about over a message
 * channel, and waits where the words of a draft are in it that nobody has let go. Nothing
 * is decided here, and where nobody asks, all goes on as it would: a page is never broken.
 *
 * It runs before the page's first script and keeps the browser's own functions, so that a
 * page that changes them later neither hears the questions nor answers them.
 */
(() => {
  const { apply, construct } = Reflect;
  const { dispatchEvent, addEventListener, removeEventListener } = EventTarget.prototype;
  const [Message, Focus, Fault, Answer, Later, Progress] = [MessageEvent, FocusEvent, TypeError, Response, Promise, ProgressEvent];
  const { then } = Promise.prototype;
  const { clone, text: ofRequest } = Request.prototype;
  const { text: ofResponse } = Response.prototype;
  const { get: dataOf } = own(MessageEvent.prototype, 'data');
  const { get: preventedOf } = own(Event.prototype, 'defaultPrevented');
  const { get: connectedOf } = own(Node.prototype, 'isConnected');
  const { get: typeOf } = own(HTMLInputElement.prototype, 'type');
  const { get, set } = WeakMap.prototype;
  const { port1: asked, port2: answers } = new MessageChannel();
  /** @type {Record<number, (goes: boolean) => void>} */
  const waiting = Object.create(null);
  let count = 0;

  /**
   * @param {object} of
   * @param {string} name
   * @returns {any}
   */
  function own(of, name) {
    return Object.getOwnPropertyDescriptor(of, name) ?? {};
  }

  /**
   * Whether the other side says "wait".
   * @param {string} question
   */
  function waits(question) {
    const event = construct(Message, ['ask', { data: question, cancelable: true }]);
    apply(dispatchEvent, asked, [event]);
    return apply(preventedOf, event, []);
  }

  /**
   * Do something now, or when the person lets these words go.
   * @param {string} words
   * @param {() => any} go
   * @param {() => any} stay
   */
  function release(words, go, stay) {
    const id = ++count;
    if (!waits(`${id} ${words}`)) return go();
    const goes = construct(Later, [(/** @type {(goes: boolean) => void} */ settle) => (waiting[id] = settle)]);
    return apply(then, goes, [(/** @type {boolean} */ yes) => (yes ? go() : stay())]);
  }

  /**
   * The same for a body of any form; only where a draft is at stake is it read at all.
   * @param {any} body
   * @param {() => any} go
   * @param {() => any} stay
   */
  function guard(body, go, stay) {
    if (body === null || body === undefined || !waits('')) return go();
    if (typeof body === 'string') return release(body, go, stay);
    if (body instanceof ReadableStream || body instanceof Document) return go();
    const read = body instanceof Request ? apply(ofRequest, apply(clone, body, []), []) : apply(ofResponse, construct(Answer, [body]), []);
    return apply(then, read, [(/** @type {string} */ words) => release(words, go, stay), go]);
  }

  /**
   * Put a function around one of the browser's own, which goes on looking like it.
   * @param {any} of
   * @param {string} name
   * @param {(native: Function, self: any, args: any[]) => any} around
   */
  function wrap(of, name, around) {
    const found = own(of, name);
    if (typeof found.value !== 'function') return;
    Object.defineProperty(of, name, { ...found, value: new Proxy(found.value, { apply: around }) });
  }

  wrap(window, 'fetch', (native, self, args) => {
    const [input, init] = args;
    const carries = input instanceof Request && !input.bodyUsed && !['GET', 'HEAD'].includes(input.method);
    const body = init?.body ?? (carries ? input : null);
    return guard(body, () => apply(native, self, args), () => { throw new Fault('Failed to fetch'); });
  });

  /** Requests that their page waits for: they cannot wait themselves. @type {WeakMap<object, boolean>} */
  const blocking = new WeakMap();
  wrap(XMLHttpRequest.prototype, 'open', (native, self, args) => {
    apply(set, blocking, [self, args.length > 2 && !args[2]]);
    return apply(native, self, args);
  });
  wrap(XMLHttpRequest.prototype, 'send', (native, self, args) => {
    const go = () => apply(native, self, args);
    if (apply(get, blocking, [self])) {
      if (typeof args[0] !== 'string' || !waits('') || !waits(`0 ${args[0]}`)) return go();
      throw new DOMException('The request failed.', 'NetworkError');
    }
    const stay = () => { for (const type of ['error', 'loadend']) apply(dispatchEvent, self, [construct(Progress, [type])]); };
    guard(args[0], go, stay);
  });

  wrap(WebSocket.prototype, 'send', (native, self, args) => {
    guard(args[0], () => apply(native, self, args), () => {});
  });

  wrap(Navigator.prototype, 'sendBeacon', (native, self, args) => {
    let now = true;
    let told = true;
    const go = () => {
      const sent = apply(native, self, args);
      if (now) told = sent;
    };
    guard(args[1], go, () => {});
    now = false;
    return told;
  });

  wrap(HTMLFormElement.prototype, 'submit', (native, self, args) => {
    guard(waits('') ? new FormData(self) : null, () => apply(native, self, args), () => {});
  });

  /** An input of no document tells nobody when a file is chosen in it: the other side listens to itself. @param {any} element */
  function show(element) {
    if (element instanceof HTMLInputElement && apply(typeOf, element, []) === 'file' && !apply(connectedOf, element, [])) {
      apply(dispatchEvent, asked, [construct(Focus, ['input', { relatedTarget: element }])]);
    }
  }
  const shows = (/** @type {Function} */ native, /** @type {any} */ self, /** @type {any[]} */ args) => {
    show(self);
    return apply(native, self, args);
  };
  wrap(HTMLElement.prototype, 'click', shows);
  wrap(HTMLInputElement.prototype, 'showPicker', shows);

  apply(addEventListener, answers, ['message', (/** @type {MessageEvent} */ event) => {
    const { id, goes } = apply(dataOf, event, []);
    waiting[id]?.(goes);
    delete waiting[id];
  }]);
  answers.start();

  /** The other half says hello once, before any script of the page, and gets its end of the channel. */
  function meet() {
    apply(removeEventListener, window, ['second-look-hello', meet]);
    apply(dispatchEvent, window, [construct(Message, ['second-look-port', { ports: [asked] }])]);
  }
  apply(addEventListener, window, ['second-look-hello', meet]);
})();
