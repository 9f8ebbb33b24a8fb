/** Asking the server about a draft: files are read once, when they are attached. */

import { ask } from './api.js';
import { loudest } from './highlight.js';

/** @typedef {import('./highlight.js').Verdict} Verdict */
/** @typedef {{ file: File, id: string, done: number, total: number, state: string, seen: Verdict | null }} Reading */
/** @typedef {{ verdict: Verdict, files: Map<string, File>, reading: Reading[] }} Answer `reading`: files not read to the end */

const WAIT_SECONDS = 5;
const KEPT_MS = 9 * 60 * 1000;

/** @type {WeakMap<File, { id: Promise<string>, at: number }>} */
const uploads = new WeakMap();

/**
 * Check a draft and tell each answer as it comes: the words at once, files while they are read, the whole at the end.
 * @param {{ text: string, files: File[], kind: string, site?: string }} draft
 * @param {(answer: Answer) => void} tell
 * @param {AbortSignal} signal
 */
export async function check(draft, tell, signal) {
  const reading = draft.files.map((file) => ({ file, id: '', done: 0, total: 0, state: 'queued', seen: null }));
  if (reading.length > 0) {
    const words = await verdictOn(draft, [], signal);
    const tellSoFar = () => tell(soFar(words, reading));
    tellSoFar();
    await Promise.all(reading.map((one) => readToTheEnd(one, draft.kind, tellSoFar, signal)));
  }
  const verdict = await verdictOn(draft, reading.map(({ id }) => id), signal);
  tell({ verdict, files: filesById(reading), reading: [] });
}

/**
 * @param {{ text: string, kind: string, site?: string }} draft
 * @param {string[]} attachments
 * @param {AbortSignal} signal
 * @returns {Promise<Verdict>}
 */
function verdictOn({ text, kind, site = location.hostname }, attachments, signal) {
  const json = { text, site, channel: kind, language: document.documentElement.lang, attachments };
  return ask('POST', '/v1/checks', { json, signal });
}

/**
 * What is known while files are still being read.
 * @param {Verdict} words
 * @param {Reading[]} reading
 * @returns {Answer}
 */
function soFar(words, reading) {
  const seen = reading.flatMap((one) => (one.seen ? [one.seen] : []));
  const verdict = {
    ...words,
    level: loudest([words.level, ...seen.map(({ level }) => level)]),
    findings: [words, ...seen].flatMap(({ findings }) => findings),
  };
  return { verdict, files: filesById(reading), reading: reading.filter(({ state }) => state !== 'done') };
}

/** @param {Reading[]} reading */
function filesById(reading) {
  return new Map(reading.filter(({ id }) => id).map(({ id, file }) => [id, file]));
}

/**
 * @param {Reading} one
 * @param {string} kind
 * @param {() => void} tellSoFar
 * @param {AbortSignal} signal
 */
async function readToTheEnd(one, kind, tellSoFar, signal) {
  one.id = await uploadOnce(one.file);
  for (let since = -1; one.state !== 'done';) {
    const path = `/v1/attachments/${encodeURIComponent(one.id)}?wait=${WAIT_SECONDS}&since=${since}&channel=${kind}`;
    const { done, total, state, ...seen } = await ask('GET', path, { signal });
    Object.assign(one, { done, total, state, seen });
    since = done;
    tellSoFar();
  }
}

/**
 * The server forgets a file after ten minutes; then it is sent again.
 * @param {File} file
 * @returns {Promise<string>} the attachment's id
 */
function uploadOnce(file) {
  const known = uploads.get(file);
  if (known && Date.now() - known.at < KEPT_MS) return known.id;
  const id = upload(file);
  uploads.set(file, { id, at: Date.now() });
  id.catch(() => uploads.delete(file));
  return id;
}

/** @param {File} file */
async function upload(file) {
  const form = new FormData();
  form.append('file', file, file.name);
  return (await ask('POST', '/v1/attachments', { form })).id;
}

/**
 * Let the server forget a file that was taken out of the draft.
 * @param {File} file
 */
export function forget(file) {
  const known = uploads.get(file);
  uploads.delete(file);
  known?.id.then((id) => ask('DELETE', `/v1/attachments/${encodeURIComponent(id)}`)).catch(() => {});
}
