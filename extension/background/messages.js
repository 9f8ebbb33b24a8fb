/**
 * Messages to the worker: two tables of handlers, one for each ring of trust. The
 * extension's own pages may change settings; content scripts, which live beside a
 * page's code, may only ask for what a draft needs. The sender decides the ring, not
 * the message.
 */
import { BackendError } from './backend.js';
import * as content from './content_handlers.js';
import * as pages from './page_handlers.js';
import * as sites from './sites.js';

/** @type {Record<string, (data: any, page: Page) => unknown>} */
const CONTENT = {
  hello: content.hello,
  ready: content.ready,
  check: content.check,
  attach: content.attach,
  attachment: content.attachment,
  forget: content.forget,
  copy: content.copy,
  decide: content.decide,
  quieten: content.quieten,
  picked: content.picked,
  pick_end: content.pickEnd,
  box: content.box,
  pause: content.pause,
  open_options: content.openOptions,
  welcome: content.welcome,
};

/** @type {Record<string, (data: any) => unknown>} */
const PAGES = {
  words: pages.words,
  overview: pages.overview,
  change: pages.change,
  toggle_site: pages.toggleSite,
  pause: pages.pause,
  pair: pages.pair,
  pairing: pages.pairing,
  unpair: pages.unpair,
  add_server: pages.addServer,
  join: pages.joinTeam,
  open_pages: pages.openPages,
  remove_server: pages.removeServer,
  use_server: pages.useServer,
  pick: pages.pick,
  speak_again: pages.speakAgain,
  forget_picks: pages.forgetPicks,
};

/**
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 * @param {(answer: unknown) => void} reply
 */
export function receive(message, sender, reply) {
  answer(message, sender).then(
    (value) => reply({ value }),
    (error) => reply({ error: fault(error) }),
  );
  return true;
}

/**
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 */
async function answer(message, sender) {
  if (sender.id !== chrome.runtime.id) throw new BackendError('refused');
  const own = chrome.runtime.getURL('').replace(/\/$/, '');
  const origin = originOf(sender);
  if (origin === own) return handler(PAGES, message)(message.data ?? {});
  const site = sender.tab && (await sites.entryOf(origin));
  if (!site) throw new BackendError('no_site');
  return handler(CONTENT, message)(message.data ?? {}, { site, origin, tabId: sender.tab?.id ?? -1, frameId: sender.frameId ?? 0 });
}

/**
 * @template T
 * @param {Record<string, T>} table
 * @param {any} message
 * @returns {T}
 */
function handler(table, message) {
  if (!Object.hasOwn(table, message?.type)) throw new BackendError('refused');
  return table[message.type];
}

/** @param {chrome.runtime.MessageSender} sender */
function originOf(sender) {
  if (sender.origin && sender.origin !== 'null') return sender.origin;
  const { protocol, origin, host } = new URL(sender.url ?? 'about:blank');
  if (origin !== 'null') return origin;
  return host ? `${protocol}//${host}` : new URL(sender.tab?.url ?? 'about:blank').origin;
}

/** @param {unknown} error */
function fault(error) {
  if (error instanceof BackendError) return { kind: error.kind, detail: error.detail };
  console.error(error);
  return { kind: 'failed', detail: '' };
}
