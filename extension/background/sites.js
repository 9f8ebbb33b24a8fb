/**
 * The sites: which page belongs to which entry of sites.json, and the content scripts
 * that are registered for them at run time.
 */
import { packaged } from './backend.js';
import { CONTENT_SCRIPTS } from './content_scripts.js';
import * as state from './state.js';

/** @type {Promise<Site[]> | undefined} */
let loaded;

/** @returns {Promise<Site[]>} */
export function all() {
  loaded ??= packaged('sites.json');
  return loaded;
}

/** Register the content scripts of every site that is on and permitted, and no other. */
export async function register() {
  const wanted = [];
  for (const site of await enabled()) if (await permitted(site)) wanted.push(registration(site));
  await chrome.scripting.unregisterContentScripts();
  if (wanted.length) await chrome.scripting.registerContentScripts(wanted);
}

/** A fresh install meets pages that are already open, the welcome page among them. */
export async function enterOpenTabs() {
  for (const site of await enabled()) {
    const tabs = await chrome.tabs.query({ url: site.matches }).catch(() => []);
    await Promise.allSettled(tabs.map((tab) => enter(tab.id)));
  }
}

/**
 * The entry of a page, or null.
 * @param {string} origin
 * @returns {Promise<Site | null>}
 */
export async function entryOf(origin) {
  const { server } = await state.settings();
  for (const site of await enabled()) {
    if (site.id === 'try' ? origin === server : site.matches.some((pattern) => covers(pattern, origin))) return site;
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
    return chrome.tabs.sendMessage(id ?? -1, { type: 'paused', paused: !site || (await isPaused(site)) });
  }));
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
 * @returns {chrome.scripting.RegisteredContentScript}
 */
function registration(site) {
  return {
    id: `site-${site.id}`,
    matches: site.matches,
    js: CONTENT_SCRIPTS,
    runAt: 'document_start',
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: true,
  };
}

/** @param {number | undefined} tabId */
async function enter(tabId) {
  if (tabId === undefined) return;
  await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, files: CONTENT_SCRIPTS });
}
