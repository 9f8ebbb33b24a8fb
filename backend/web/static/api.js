/** The way to the server: the session's cookie goes by itself, its CSRF word in a header. */

import { word } from './dom.js';

/** What went wrong, in words for the person. */
export class Trouble extends Error {
  /**
   * @param {string} message
   * @param {number} status 0 when there was no answer at all
   * @param {{ type?: string, errors?: { pointer: string, detail: string }[] }} [problem] as RFC 9457 has it
   */
  constructor(message, status, { type = '', errors = [] } = {}) {
    super(message);
    this.status = status;
    this.kind = type.split(/[/:#]/).at(-1) ?? '';
    this.errors = errors;
  }
}

const csrf = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';

/** Whether this page belongs to a session, and so may ask the server. */
export const inSession = csrf !== '';

/**
 * Ask the server and return its JSON, or null where it has nothing to say.
 * @param {string} method
 * @param {string} path
 * @param {{ json?: unknown, form?: FormData, signal?: AbortSignal, seen?: number, told?: (answer: Response) => void }} [options]
 *   `seen` is the version that is changed; `told` looks at the answer's head
 * @returns {Promise<any>}
 */
export async function ask(method, path, { json, form, signal, seen, told } = {}) {
  const answer = await send(method, path, { json, form, signal, seen });
  told?.(answer);
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  if (answer.status === 401) throw new Trouble(word('session_over'), 401);
  const problem = await answer.json().catch(() => ({}));
  throw new Trouble(problem.detail ?? problem.title ?? word('server_error', { status: answer.status }), answer.status, problem);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{ json?: unknown, form?: FormData, signal?: AbortSignal, seen?: number }} options
 */
async function send(method, path, { json, form, signal, seen }) {
  /** @type {Record<string, string>} */
  const headers = { 'X-CSRF-Token': csrf, 'Accept-Language': document.documentElement.lang };
  if (json !== undefined) headers['Content-Type'] = 'application/json';
  if (seen !== undefined) headers['If-Match'] = `"${seen}"`;
  const body = json === undefined ? form : JSON.stringify(json);
  try {
    return await fetch(path, { method, headers, body, signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Trouble(word('server_down'), 0);
  }
}
