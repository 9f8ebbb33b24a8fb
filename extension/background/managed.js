/**
 * What an administrator has preset, by the browser's own policy: `managed_schema.json` for
 * Chromium, a native manifest for Firefox. What does not have its right shape is left alone.
 */

/** @type {Record<keyof Preset, (value: any) => boolean>} */
const SHAPES = {
  server: isAddress,
  joinCode: isName,
  servers: (value) => Array.isArray(value) && value.every((one) => isAddress(one?.address) && isName(one.name ?? '')),
  language: (value) => ['en', 'vi', 'zh'].includes(value),
  sitesAlways: isNames,
  sitesNever: isNames,
  mayPause: isSwitch,
  mayQuieten: isSwitch,
  mayShareStopped: isSwitch,
  mayReadChats: isSwitch,
};

/** @type {{area: chrome.storage.StorageArea, values: Promise<Preset>} | null} */
let reading = null;

/** @returns {Promise<Preset>} only what is preset, and well formed */
export function preset() {
  const area = chrome.storage.managed;
  if (!area) return Promise.resolve({});
  if (reading?.area !== area) reading = { area, values: read(area) };
  return reading.values;
}

/** The browser says that the policy has changed. */
export function forget() {
  reading = null;
}

/**
 * @param {chrome.storage.StorageArea} area
 * @returns {Promise<Preset>} empty where there is no policy, which Firefox says by an error
 */
async function read(area) {
  const found = /** @type {Record<string, any>} */ (await area.get(null).catch(() => ({})));
  const names = /** @type {(keyof Preset)[]} */ (Object.keys(SHAPES));
  return Object.fromEntries(names.filter((name) => name in found && SHAPES[name](found[name])).map((name) => [name, found[name]]));
}

/**
 * Where a server may be: on this machine, or behind TLS.
 * @param {unknown} value
 */
export function isAddress(value) {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  if (!url || url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname));
}

/**
 * The address without its path. “localhost” may be two machines' worth of ports, the older kind of
 * address and the newer: a program could stand at the one and pass on what is said to the other.
 * @param {string} address
 */
export function originOf(address) {
  const url = new URL(address);
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.origin;
}

/** @param {unknown} value */
function isName(value) {
  return typeof value === 'string' && value.length <= 80;
}

/** @param {unknown} value */
function isNames(value) {
  return Array.isArray(value) && value.every(isName);
}

/** @param {unknown} value */
function isSwitch(value) {
  return typeof value === 'boolean';
}
