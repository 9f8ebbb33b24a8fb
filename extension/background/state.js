/**
 * What the worker remembers. A worker is stopped after half a minute, so nothing
 * lives in its variables alone: `storage.session` holds what ends with the browser,
 * the vault what stays. Both are closed to content scripts.
 */

import * as managed from './managed.js';
import * as vault from './vault.js';

/** @type {Settings} */
export const DEFAULTS = {
  server: 'http://127.0.0.1:8765',
  language: '',
  sitesOff: [],
  pausedUntil: 0,
  sitesPaused: {},
  servers: [],
  siteServers: {},
  marks: true,
  chats: false,
  picks: {},
  preset: {},
};

/** Close all areas to content scripts, so that the token cannot reach a page. */
export async function lock() {
  const accessLevel = 'TRUSTED_CONTEXTS';
  await chrome.storage.local.setAccessLevel?.({ accessLevel });
  await chrome.storage.session.setAccessLevel?.({ accessLevel });
  await vault.move();
}

/** @type {{area: vault.Area, values: Promise<Record<string, any>>} | null} */
let reading = null;

/**
 * Settings and tokens. A draft asks for them four times on its way, and only this
 * worker writes them: one reading serves until the next writing.
 */
function known() {
  const area = vault.area();
  if (reading?.area !== area) reading = { area, values: area.get(['settings', 'tokens']) };
  return reading.values.catch((error) => {
    reading = null;
    throw error;
  });
}

/** @param {Record<string, unknown>} values */
async function write(values) {
  await vault.area().set(values);
  reading = null;
}

/** @returns {Promise<Settings>} what the person chose, within what an administrator has preset */
export async function settings() {
  return within(await chosen(), await managed.preset());
}

/** @returns {Promise<Settings>} */
async function chosen() {
  const { settings: saved } = await known();
  return { ...DEFAULTS, .../** @type {Partial<Settings>} */ (saved ?? {}) };
}

/**
 * @param {Settings} own
 * @param {Preset} preset
 * @returns {Settings}
 */
function within(own, preset) {
  const { server, servers = [], language = '', sitesAlways = [], sitesNever = [] } = preset;
  const off = own.sitesOff.filter((id) => !sitesAlways.includes(id));
  const offered = servers.map(({ address, name }) => ({ address: managed.originOf(address), name: name ?? '' }));
  return {
    ...own,
    preset,
    language: own.language || language,
    server: server ? managed.originOf(server) : own.server,
    servers: [...offered, ...own.servers.filter(({ address }) => !offered.some((one) => one.address === address))],
    siteServers: server ? {} : own.siteServers,
    sitesOff: [...new Set([...off, ...sitesNever])],
    chats: own.chats && preset.mayReadChats !== false,
    ...(preset.mayPause === false ? { pausedUntil: 0, sitesPaused: {} } : {}),
  };
}

/**
 * The server that a site's drafts go to.
 * @param {string} site
 */
export async function serverOf(site) {
  const { server, siteServers } = await settings();
  return siteServers[site] ?? server;
}

/** The addresses of all servers that the person or the administrator set. */
export async function addresses() {
  const { server, servers } = await settings();
  return [...new Set([server, ...servers.map(({ address }) => address)])];
}

/**
 * Change some settings and return them all.
 * @param {Partial<Settings>} changes
 * @returns {Promise<Settings>}
 */
export async function change(changes) {
  await write({ settings: { ...(await chosen()), ...changes, preset: undefined } });
  return settings();
}

/**
 * The token of a server; each server address has its own.
 * @param {string} server
 * @returns {Promise<string>}
 */
export async function token(server) {
  const { tokens } = await known();
  return /** @type {Record<string, string>} */ (tokens ?? {})[server] ?? '';
}

/**
 * Whether there is a token that the server has not just refused.
 * @param {string} server
 */
export async function isPaired(server) {
  return Boolean(await token(server)) && (await recall('refused')) !== server;
}

/**
 * Keep a server's token; an empty one forgets it.
 * @param {string} server
 * @param {string} value
 */
export async function keepToken(server, value) {
  const { tokens } = await known();
  const kept = { .../** @type {Record<string, string>} */ (tokens ?? {}) };
  if (value) kept[server] = value;
  else delete kept[server];
  await write({ tokens: kept });
  await remember('refused', undefined);
}

/**
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function recall(name) {
  return (await chrome.storage.session.get(name))[name];
}

/**
 * Remember something until the browser closes; `undefined` forgets it.
 * @param {string} name
 * @param {unknown} value
 */
export async function remember(name, value) {
  if (value === undefined) await chrome.storage.session.remove(name);
  else await chrome.storage.session.set({ [name]: value });
}
