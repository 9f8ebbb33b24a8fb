/**
 * Where settings and tokens are kept. Chromium closes `storage.local` to content scripts,
 * which live in the process of a page. Firefox cannot do that: there they stand in the
 * extension's own database, which goes by the origin, and a content script has its page's.
 */
const NAME = 'second-look';
const TABLE = 'kept';

/** @typedef {{get: (names: string[]) => Promise<Record<string, any>>, set: (values: Record<string, unknown>) => Promise<void>}} Area */

/** @type {Area} */
const database = { get, set };

/** @returns {Area} the same one for as long as the worker lives */
export function area() {
  const { local } = chrome.storage;
  return closes(local) ? /** @type {Area} */ (local) : database;
}

/** Take over what an earlier version left where content scripts can read it. */
export async function move() {
  const { local } = chrome.storage;
  if (closes(local)) return;
  const left = await local.get(['settings', 'tokens']);
  if (!Object.keys(left).length) return;
  await set({ ...left, ...(await get(Object.keys(left))) });
  await local.remove(Object.keys(left));
}

/** @param {chrome.storage.StorageArea} local */
function closes(local) {
  return typeof local.setAccessLevel === 'function';
}

/** @param {string[]} names */
async function get(names) {
  const table = await open('readonly');
  const values = await Promise.all(names.map((name) => done(table.get(name))));
  return Object.fromEntries(names.map((name, at) => [name, values[at]]).filter(([, value]) => value !== undefined));
}

/** @param {Record<string, unknown>} values */
async function set(values) {
  const table = await open('readwrite');
  await Promise.all(Object.entries(values).map(([name, value]) => done(table.put(value, name))));
}

/** @param {IDBTransactionMode} mode */
async function open(mode) {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
  const opened = await done(request);
  const transaction = opened.transaction(TABLE, mode);
  transaction.oncomplete = transaction.onabort = () => opened.close();
  return transaction.objectStore(TABLE);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
