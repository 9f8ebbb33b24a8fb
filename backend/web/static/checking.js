/** Asking the server about a draft: files are read once, when they are attached. */

import { ask } from './api.js';

/** @typedef {{ file: File, done: number, total: number }} Progress */
/** @typedef {{ verdict: import('./highlight.js').Verdict, files: Map<string, File>, reading: Progress[] }} Answer */

const WAIT_SECONDS = 5;
const KEPT_MS = 9 * 60 * 1000;

/** @type {WeakMap<File, { id: Promise<string>, at: number }>} */
const uploads = new WeakMap();

/**
 * Check a draft and tell each answer as it comes: first the words, then with every file read.
 * @param {{ text: string, files: File[], kind: 'post' | 'ai' }} draft
 * @param {(answer: Answer) => void} tell
 * @param {AbortSignal} signal
 */
export async function check(draft, tell, signal) {
  const reading = draft.files.map((file) => ({ file, done: 0, total: 0 }));
  if (reading.length > 0 && draft.text.trim() !== '') tell(await verdictOn(draft, new Map(), reading, signal));
  const files = new Map();
  const uploaded = await Promise.all(draft.files.map((file) => uploadOnce(file)));
  for (const [index, id] of uploaded.entries()) files.set(id, draft.files[index]);
  await Promise.all(uploaded.map((id, index) => readToTheEnd(id, reading[index], signal)));
  tell(await verdictOn(draft, files, [], signal));
}

/**
 * @param {{ text: string, kind: 'post' | 'ai' }} draft
 * @param {Map<string, File>} files
 * @param {Progress[]} reading
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function verdictOn({ text, kind }, files, reading, signal) {
  const json = {
    text,
    site: location.hostname,
    channel: kind,
    language: document.documentElement.lang,
    attachments: [...files.keys()],
  };
  return { verdict: await ask('POST', '/v1/checks', { json, signal }), files, reading };
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
 * @param {string} id
 * @param {Progress} progress
 * @param {AbortSignal} signal
 */
async function readToTheEnd(id, progress, signal) {
  for (;;) {
    const job = await ask('GET', `/v1/attachments/${encodeURIComponent(id)}?wait=${WAIT_SECONDS}`, { signal });
    Object.assign(progress, { done: job.done, total: job.total });
    if (job.state === 'done') return;
  }
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
