/** What a content script may ask. Site, channel and token come from here, never from the page. */
import { ask, BackendError } from './backend.js';
import * as language from './language.js';
import * as pairing from './pairing.js';
import { announce, isPaused } from './sites.js';
import * as state from './state.js';
import * as tally from './tally.js';

const READ_TIMEOUT = 15000;
const UPLOAD_TIMEOUT = 60000;

/**
 * A frame of a site introduces itself.
 * @param {unknown} _data
 * @param {Page} page
 */
export async function hello(_data, { site }) {
  return { site, ...(await language.words()), paused: await isPaused(site), version: chrome.runtime.getManifest().version };
}

/**
 * @param {Partial<DraftJson>} draft
 * @param {Page} page
 */
export async function check(draft, { site, origin, tabId }) {
  if (await isPaused(site)) throw new BackendError('paused');
  const sent = { ...draft, site: new URL(origin).hostname, language: undefined };
  const verdict = await ask('/v1/checks', { json: sent }).catch(explain);
  if (!isVerdict(verdict)) throw new BackendError('old');
  // The popup's counts are no part of the way to the verdict.
  tally.seen(tabId, site, verdict).catch(console.error);
  return verdict;
}

/**
 * A file from the disk is copied into memory first: Chromium refuses to upload one from
 * a process to which the person has not given that file, and the worker's is another.
 * @param {{file: File}} data
 */
export async function attach({ file }) {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new BackendError('unreadable');
  });
  const form = new FormData();
  form.append('file', new File([bytes], file.name || 'file', { type: file.type }));
  return ask('/v1/attachments', { form, timeout: UPLOAD_TIMEOUT }).catch(explain);
}

/** @param {{id: string, since?: number}} data */
export function attachment({ id, since = -1 }) {
  return ask(`/v1/attachments/${encodeURIComponent(id)}?wait=10&since=${Number(since)}`, { timeout: READ_TIMEOUT });
}

/** @param {{id: string}} data */
export function forget({ id }) {
  return ask(`/v1/attachments/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** @param {{id: string, remedies: string[], places?: Place[]}} data */
export function copy({ id, remedies, places = [] }) {
  const boxes = remedies.includes('cover_boxes') ? places.flatMap(({ page, box: at }) => (at ? [{ page: page ?? null, box: at }] : [])) : [];
  const json = { boxes, strip_metadata: remedies.includes('strip_metadata') };
  return ask(`/v1/attachments/${encodeURIComponent(id)}/copy`, { json, raw: true, timeout: READ_TIMEOUT });
}

/**
 * @param {DecisionJson} decision
 * @param {Page} page
 */
export async function decide(decision, { site, origin }) {
  await tally.decided(decision.outcome);
  return ask('/v1/decisions', { json: { ...decision, site: new URL(origin).hostname, channel: decision.channel ?? site.channel } });
}

/**
 * What a frame's box is, for the popup.
 * @param {{readable: boolean, reason: string}} data
 * @param {Page} page
 */
export function box(data, { tabId, site }) {
  return tally.box(tabId, site, data);
}

/**
 * @param {{minutes: number}} data
 * @param {Page} page
 */
export async function pause({ minutes }, { site }) {
  const { sitesPaused } = await state.settings();
  await state.change({ sitesPaused: { ...sitesPaused, [site.id]: Date.now() + Math.min(minutes, 60) * 60000 } });
  await announce();
}

export function openOptions() {
  return chrome.runtime.openOptionsPage();
}

/**
 * The product's own page asks whether it may show that the extension is there.
 * @param {{begin?: boolean}} data
 * @param {Page} page
 */
export async function welcome({ begin }, { origin }) {
  if (origin !== (await state.settings()).server) throw new BackendError('refused');
  return begin ? pairing.begin() : pairing.view();
}

/**
 * A server that knows no checks at all is an old or a foreign one.
 * @param {unknown} error
 * @returns {never}
 */
function explain(error) {
  if (error instanceof BackendError && error.kind === 'missing') throw new BackendError('old');
  throw error;
}

/** @param {any} answer */
function isVerdict(answer) {
  return ['clear', 'note', 'warn', 'stop'].includes(answer?.level) && Array.isArray(answer.findings) && Array.isArray(answer.gaps);
}
