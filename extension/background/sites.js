/**
 * The sites: which page belongs to which entry of sites.json, and the content scripts
 * that are registered for them at run time.
 */
import { packaged } from './backend.js';
import { CONTENT_SCRIPTS, PAGE_SCRIPTS } from './content_scripts.js';
import * as state from './state.js';

const ANY = 'any';

/** @type {Promise<Site[]> | undefined} */
let loaded;
/** The sites that the person added, until the permissions change. @type {Promise<Site[]> | undefined} */
let own;

/**
 * @param {boolean} [anew] asks the browser again what it permits
 * @returns {Promise<Site[]>} those of sites.json, then those that the person added
 */
export async function all(anew = false) {
  if (anew) own = undefined;
  loaded ??= packaged('sites.json');
  const known = withServers(await loaded, await state.addresses());
  own ??= added(known);
  return [...known.filter(({ id }) => id !== ANY), ...(await own)];
}

/**
 * The product's own pages are those of every server that is set.
 * @param {Site[]} known
 * @param {string[]} addresses
 * @returns {Site[]}
 */
function withServers(known, addresses) {
  const remote = addresses.filter((address) => address.startsWith('https:')).map((address) => `https://${new URL(address).hostname}/*`);
  return remote.length ? known.map((site) => (site.id === 'try' ? { ...site, matches: [...site.matches, ...remote] } : site)) : known;
}

/**
 * The sites that the person added. What the browser permits is the list itself: nothing
 * else remembers it, so the two cannot differ.
 * @param {Site[]} known
 * @returns {Promise<Site[]>}
 */
async function added(known) {
  const any = /** @type {Site} */ (known.find(({ id }) => id === ANY));
  const { origins = [] } = await chrome.permissions.getAll();
  const patterns = new Set(known.flatMap(({ matches }) => matches));
  const more = origins.filter((pattern) => /^https:\/\/[^*/]+\/\*$/.test(pattern) && !patterns.has(pattern));
  return more.map((pattern) => {
    const host = pattern.slice('https://'.length, -2);
    return { ...any, id: host, name: host, nameKey: undefined, matches: [pattern], added: true };
  });
}

/** Register the content scripts of every site that is on and permitted, and no other. */
export async function register() {
  const wanted = [];
  await all(true);
  for (const site of await enabled()) if (await permitted(site)) wanted.push(...registrations(site));
  await chrome.scripting.unregisterContentScripts();
  if (wanted.length) await chrome.scripting.registerContentScripts(wanted);
}

/**
 * A fresh install, or a site just switched on, meets pages that are already open.
 * @param {string[]} [origins] patterns that were just permitted; all without them
 */
export async function enterOpenTabs(origins) {
  for (const site of await enabled()) {
    if (origins && !site.matches.some((pattern) => origins.includes(pattern))) continue;
    const tabs = await chrome.tabs.query({ url: site.matches }).catch(() => []);
    await Promise.allSettled(tabs.map((tab) => enter(tab.id)));
  }
}

/**
 * Switch a site on or off. The permission is asked for by the page that the person pressed
 * in; off, a site that is not asked for at install gives its permission back.
 * @param {string} id
 * @param {boolean} on
 */
export async function toggle(id, on) {
  const site = (await all()).find((one) => one.id === id);
  const { sitesOff } = await state.settings();
  const others = sitesOff.filter((known) => known !== id);
  await state.change({ sitesOff: on || site?.added ? others : [...others, id] });
  if (!on && site && (site.later || site.added)) await chrome.permissions.remove({ origins: site.matches }).catch(() => false);
  await register();
  await announce();
}

/** Which sites the browser lets the extension read. @returns {Promise<Record<string, boolean>>} */
export async function permissions() {
  const sites = await all();
  return Object.fromEntries(await Promise.all(sites.map(async (site) => [site.id, await permitted(site)])));
}

/**
 * The entry of a page, or null.
 * @param {string} origin
 * @returns {Promise<Site | null>}
 */
export async function entryOf(origin) {
  const servers = await state.addresses();
  for (const site of await enabled()) {
    if (site.id === 'try' ? servers.includes(origin) : site.matches.some((pattern) => covers(pattern, origin))) return site;
  }
  return null;
}

/**
 * Whether a match pattern covers an origin. Patterns here end in `/*` and name no port.
 * @param {string} pattern
 * @param {string} origin
 */
export function covers(pattern, origin) {
  const [scheme, host] = pattern.replace(/\/\*$/, '').split('://');
  const page = new URL(origin);
  if (page.protocol !== `${scheme}:`) return false;
  if (!host.startsWith('*.')) return page.hostname === host;
  return page.hostname === host.slice(2) || page.hostname.endsWith(host.slice(1));
}

async function enabled() {
  const { sitesOff } = await state.settings();
  return (await all()).filter((site) => !sitesOff.includes(site.id));
}

/** Tell every open page of a site whether it is paused or switched off, so that a send is not held for nothing. */
export async function announce() {
  const tabs = await chrome.tabs.query({ url: (await all()).flatMap(({ matches }) => matches) });
  await Promise.allSettled(tabs.map(async ({ id, url }) => {
    const site = await entryOf(new URL(url ?? 'about:blank').origin);
    const paused = !site || (await isPaused(site));
    return chrome.tabs.sendMessage(id ?? -1, { type: 'paused', paused, wishes: site && (await wishes(site)) });
  }));
}

/**
 * What the person wishes of the content scripts of a site.
 * @param {Site} site
 * @returns {Promise<Wishes>}
 */
export async function wishes(site) {
  const { marks, chats, preset } = await state.settings();
  return {
    marks, chats: chats && Boolean(site.thread ?? site.boxes.some(({ thread }) => thread)),
    mayShareStopped: preset.mayShareStopped !== false, mayQuieten: preset.mayQuieten !== false,
  };
}

/** @param {Site} site */
export async function isPaused(site) {
  const { pausedUntil, sitesPaused } = await state.settings();
  return Math.max(pausedUntil, sitesPaused[site.id] ?? 0) > Date.now();
}

/** @param {Site} site */
function permitted(site) {
  return chrome.permissions.contains({ origins: site.matches });
}

/**
 * @param {Site} site
 * @returns {chrome.scripting.RegisteredContentScript[]}
 */
function registrations({ id, matches, outgoing }) {
  /** @type {Omit<chrome.scripting.RegisteredContentScript, 'id' | 'js'>} */
  const common = { matches, runAt: 'document_start', allFrames: true, matchOriginAsFallback: true, persistAcrossSessions: true };
  const isolated = { ...common, id: `site-${id}`, js: CONTENT_SCRIPTS };
  return outgoing ? [{ ...common, id: `page-${id}`, js: PAGE_SCRIPTS, world: 'MAIN' }, isolated] : [isolated];
}

/** @param {number | undefined} tabId */
async function enter(tabId) {
  if (tabId === undefined) return;
  await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, files: CONTENT_SCRIPTS });
}
