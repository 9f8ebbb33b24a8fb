/** What the extension's parts need around them in a test: a chrome, and a page with content scripts. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import vm from 'node:vm';

export const EXTENSION = new URL('../../extension/', import.meta.url);
export const ID = 'fffkcfghhpakigfldlfmnallgoighpig';

/** @param {string} path inside the extension */
export function source(path) {
  return readFileSync(new URL(path, EXTENSION), 'utf8');
}

/**
 * An example that both halves are held to: what is asked, and how a real server answers.
 * @param {string} name of a file of tests/contract
 * @returns {{request: any, answer: {status: number, json: any}}}
 */
export function example(name) {
  return JSON.parse(readFileSync(new URL(`../contract/${name}.json`, import.meta.url), 'utf8'));
}

/** The answer of an example, as it comes over the network. @param {string} name */
export function answerOf(name) {
  const { json, status } = example(name).answer;
  return Response.json(json, { status });
}

/**
 * The server's half of the proof, by Node's own cryptography.
 * @param {string} token @param {{word: string, address: string}} asked
 */
export function prove(token, { word, address }) {
  const key = createHmac('sha256', createHash('sha256').update(token).digest()).update('secondlook proof 1').digest();
  const ours = randomBytes(32).toString('base64url');
  return { word: ours, proof: createHmac('sha256', key).update(['server', word, ours, address].join('\n')).digest('base64url') };
}

/**
 * A server that proves itself by a token, or several by the token of each address, and answers all else as it is told.
 * @param {string | Record<string, string>} tokens
 * @param {(url: string, init: any) => Promise<Response>} answer
 */
export function proving(tokens, answer) {
  const tokenOf = (address) => (typeof tokens === 'string' ? tokens : tokens[address]);
  return async (url, init) => {
    if (!String(url).endsWith('/v1/proofs')) return answer(url, init);
    const asked = JSON.parse(init.body);
    return Response.json(prove(tokenOf(asked.address), asked));
  };
}

/** A storage area that keeps to itself what it is given. */
class Area {
  constructor() {
    this.kept = {};
    this.accessLevel = '';
  }

  async get(names) {
    const found = names === null ? Object.keys(this.kept) : [names].flat().filter((name) => name in this.kept);
    return structuredClone(Object.fromEntries(found.map((name) => [name, this.kept[name]])));
  }

  async set(values) {
    Object.assign(this.kept, structuredClone(values));
  }

  async remove(name) {
    delete this.kept[name];
  }

  async setAccessLevel({ accessLevel }) {
    this.accessLevel = accessLevel;
  }
}

/** A chrome with storage, and with scripts and tabs that note what was asked of them. */
export function fakeChrome() {
  const registered = [];
  return {
    runtime: {
      id: ID, getURL: (path) => `chrome-extension://${ID}/${path}`, getManifest: () => ({ version: '0.1.0' }),
      openOptionsPage: async () => {}, onMessage: { addListener() {} },
    },
    i18n: { getUILanguage: () => 'en', getMessage: (key) => JSON.parse(source('_locales/en/messages.json'))[key]?.message ?? '' },
    storage: { local: new Area(), session: new Area(), managed: new Area(), onChanged: { addListener() {} } },
    action: { setBadgeText: async () => {}, setBadgeBackgroundColor: async () => {} },
    permissions: {
      granted: ['<listed>'],
      async contains({ origins }) { return this.granted.includes('<listed>') || origins.every((one) => this.granted.includes(one)); },
      async getAll() { return { permissions: [], origins: this.granted.filter((one) => one !== '<listed>') }; },
      async remove({ origins }) { this.granted = this.granted.filter((one) => !origins.includes(one)); return true; },
    },
    scripting: {
      registered,
      async registerContentScripts(scripts) { registered.push(...scripts); },
      async unregisterContentScripts() { registered.length = 0; },
    },
    tabs: { query: async () => [], sendMessage: async () => {} },
  };
}

/**
 * Content scripts in a page, and the nouns that they make.
 * @param {string} html
 * @param {string[]} names of files in content/, in order
 * @returns {{window: any, noun: (name: string) => any}}
 */
export function page(html, names) {
  const dom = new JSDOM(`<!doctype html><body>${html}</body>`, { runScripts: 'outside-only', url: 'https://x.com/home', pretendToBeVisual: true });
  const { window } = dom;
  Object.defineProperty(window.HTMLElement.prototype, 'isContentEditable', { get() { return this.closest('[contenteditable="true"]') !== null; } });
  window.chrome = fakeChrome();
  return { window, noun: load(dom.getInternalVMContext(), names) };
}

/**
 * Run content scripts as a browser does: one after the other, with shared top-level names.
 * @param {any} context
 * @param {string[]} names
 * @returns {(name: string) => any}
 */
function load(context, names) {
  for (const name of names) new vm.Script(source(`content/${name}.js`), { filename: `content/${name}.js` }).runInContext(context);
  return (name) => new vm.Script(name).runInContext(context);
}

/** The syntax of a classic script, checked without running it. @param {string} path */
export function parses(path) {
  return new vm.Script(source(path), { filename: path });
}
