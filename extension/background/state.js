/**
 * What the worker remembers. A worker is stopped after half a minute, so nothing
 * lives in its variables alone: `storage.session` holds what ends with the browser,
 * `storage.local` what stays. Both are closed to content scripts.
 */

/** @type {Settings} */
export const DEFAULTS = {
  server: 'http://127.0.0.1:8765',
  language: '',
  sitesOff: [],
  pausedUntil: 0,
  sitesPaused: {},
};

/** Close both areas to content scripts, so that the token cannot reach a page. */
export async function lock() {
  const accessLevel = 'TRUSTED_CONTEXTS';
  await chrome.storage.local.setAccessLevel?.({ accessLevel });
  await chrome.storage.session.setAccessLevel?.({ accessLevel });
}

/** @type {{area: chrome.storage.StorageArea, values: Promise<Record<string, any>>} | null} */
let reading = null;

/**
 * Settings and tokens. A draft asks for them four times on its way, and only this
 * worker writes them: one reading serves until the next writing.
 */
function known() {
  const { local } = chrome.storage;
  if (reading?.area !== local) reading = { area: local, values: local.get(['settings', 'tokens']) };
  return reading.values.catch((error) => {
    reading = null;
    throw error;
  });
}

/** @param {Record<string, unknown>} values */
async function write(values) {
  await chrome.storage.local.set(values);
  reading = null;
}

/** @returns {Promise<Settings>} */
export async function settings() {
  const { settings: saved } = await known();
  return { ...DEFAULTS, .../** @type {Partial<Settings>} */ (saved ?? {}) };
}

/**
 * Change some settings and return them all.
 * @param {Partial<Settings>} changes
 * @returns {Promise<Settings>}
 */
export async function change(changes) {
  const next = { ...(await settings()), ...changes };
  await write({ settings: next });
  return next;
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
