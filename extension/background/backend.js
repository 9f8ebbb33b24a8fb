/**
 * The way to the server. This is the only file of the extension that may call
 * `fetch()`: what leaves the browser can be read here, on one page. A token, and what goes
 * with it, leaves only after the server has proved itself (trust.js).
 */
import { BackendError } from './backend_error.js';
import * as state from './state.js';
import * as trust from './trust.js';

export { BackendError };

/** Versions of the server's contract that this extension speaks. */
export const CONTRACT = 1;
const TEXT_TIMEOUT = 4000;
/** Longer than a draft waits: on a slow machine the proof is there when it is asked about again. */
const PROOF_TIMEOUT = 6000;

/** @type {Record<number, FaultKind>} */
const KINDS = { 401: 'token', 403: 'refused', 404: 'missing', 413: 'too_large', 415: 'unreadable', 429: 'busy' };
/** Problems that say more than their status. @type {Record<string, FaultKind>} */
const NAMED = { attachment_unknown: 'lost', wrong_code: 'code' };

/**
 * Ask a paired server: the one that is named, else the one in use.
 * @param {string} path
 * @param {{server?: string, method?: string, json?: unknown, form?: FormData, timeout?: number, anonymous?: boolean,
 *   authorization?: string, raw?: boolean}} [options]
 * @returns {Promise<any>} the JSON of the answer, or a Blob with `raw`
 */
export async function ask(path, options = {}) {
  const { language, server: inUse } = await state.settings();
  const server = options.server ?? inUse;
  const authorization = options.authorization ?? (options.anonymous ? '' : await bearer(server));
  const response = await request(server, path, {
    method: options.method ?? (options.json || options.form ? 'POST' : 'GET'),
    headers: headers(authorization, language, options.json !== undefined),
    body: options.json === undefined ? options.form : JSON.stringify(options.json),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeout ?? TEXT_TIMEOUT),
  });
  if (response.status === 401 && authorization.startsWith('Bearer')) await state.remember('refused', server);
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return null;
  return options.raw ? read(response, 'blob') : read(response, 'json');
}

/**
 * A file of the extension itself.
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function packaged(path) {
  return (await fetch(chrome.runtime.getURL(path))).json();
}

/**
 * Have a server prove itself before it is needed, so that a draft need not wait for it.
 * @param {string} server
 */
export async function prepare(server) {
  await bearer(server);
}

/** @param {string} server */
async function bearer(server) {
  const token = await state.token(server);
  if (!token) throw new BackendError('unpaired');
  await trust.ensure(server, token, (path, json) => ask(path, { server, json, anonymous: true, timeout: PROOF_TIMEOUT }));
  return `Bearer ${token}`;
}

/**
 * @param {string} authorization
 * @param {string} language
 * @param {boolean} json
 */
function headers(authorization, language, json) {
  /** @type {Record<string, string>} */
  const sent = { 'Accept-Language': language || chrome.i18n.getUILanguage() };
  if (authorization) sent.Authorization = authorization;
  if (json) sent['Content-Type'] = 'application/json';
  return sent;
}

/**
 * @param {string} server
 * @param {string} path
 * @param {RequestInit} init
 */
async function request(server, path, init) {
  try {
    return await fetch(server + path, init);
  } catch (error) {
    trust.doubt(server);
    if (/** @type {Error} */ (error).name === 'TimeoutError') throw new BackendError('slow');
    // A browser does not tell a script whether it was the line or the certificate.
    throw new BackendError(server.startsWith('https:') ? 'unreachable' : 'stopped');
  }
}

/**
 * @param {Response} response
 * @param {'json' | 'blob'} form
 */
async function read(response, form) {
  try {
    return await response[form]();
  } catch (error) {
    throw new BackendError(/** @type {Error} */ (error).name === 'TimeoutError' ? 'slow' : 'foreign');
  }
}

/** @param {Response} response */
async function refusal(response) {
  const problem = await response.json().catch(() => ({}));
  const byStatus = KINDS[response.status] ?? (response.status >= 500 ? 'failed' : 'rejected');
  const kind = NAMED[String(problem.type).split(':').at(-1) ?? ''] ?? byStatus;
  return new BackendError(kind, String(problem.detail ?? problem.title ?? response.status));
}
