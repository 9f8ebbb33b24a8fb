/**
 * The way to the server. This is the only file of the extension that may call
 * `fetch()`: what leaves the browser can be read here, on one page.
 */
import * as state from './state.js';

/** Versions of the server's contract that this extension speaks. */
export const CONTRACT = 1;
const TEXT_TIMEOUT = 4000;

/** Why an answer could not be had; `kind` picks the words that the person reads. */
export class BackendError extends Error {
  /**
   * @param {FaultKind} kind
   * @param {string} [detail] what the server said; never words of a draft
   */
  constructor(kind, detail = '') {
    super(`${kind} ${detail}`.trim());
    this.kind = kind;
    this.detail = detail;
  }
}

/** @type {Record<number, FaultKind>} */
const KINDS = { 401: 'token', 403: 'refused', 404: 'missing', 413: 'too_large', 415: 'unreadable', 429: 'busy' };

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
  const response = await request(server + path, {
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

/** @param {string} server */
async function bearer(server) {
  const token = await state.token(server);
  if (!token) throw new BackendError('unpaired');
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
 * @param {string} url
 * @param {RequestInit} init
 */
async function request(url, init) {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new BackendError(/** @type {Error} */ (error).name === 'TimeoutError' ? 'slow' : 'stopped');
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
  const kind = String(problem.type).endsWith('attachment_unknown') ? 'lost' : byStatus;
  return new BackendError(kind, String(problem.detail ?? problem.title ?? response.status));
}
