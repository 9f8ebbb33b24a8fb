/** What a content script may ask. Site, channel and token come from here, never from the page. */
import { ask, BackendError, prepare } from './backend.js';
import * as language from './language.js';
import * as pairing from './pairing.js';
import * as picks from './picks.js';
import * as quiet from './quiet.js';
import { announce, isPaused, wishes } from './sites.js';
import * as state from './state.js';
import * as tally from './tally.js';

const READ_TIMEOUT = 15000;
const UPLOAD_TIMEOUT = 60000;

/**
 * A frame of a site introduces itself.
 * @param {unknown} _data
 * @param {Page} page
 */
export async function hello(_data, { site, tabId }) {
  tally.arrived(tabId);
  const { version } = chrome.runtime.getManifest();
  const known = { ...site, boxes: [...(await picks.of(site)), ...site.boxes] };
  return { site: known, ...(await language.words()), paused: await isPaused(site), wishes: await wishes(site), version };
}

/**
 * The person begins to write: the worker is awake and the server proved by the time there is a draft.
 * @param {unknown} _data
 * @param {Page} page
 */
export async function ready(_data, { site }) {
  if (!(await isPaused(site))) await prepare(await state.serverOf(site.id));
}

/**
 * @param {Partial<DraftJson>} draft
 * @param {Page} page
 */
export async function check(draft, { site, origin, tabId }) {
  if (await isPaused(site)) throw new BackendError('paused');
  const sent = { ...draft, site: new URL(origin).hostname, language: undefined, thread: await allowed(draft.thread) };
  const answer = await ask('/v1/checks', { server: await state.serverOf(site.id), json: sent }).catch(explain);
  if (!isVerdict(answer)) throw new BackendError('old');
  const verdict = await quiet.apply(answer, String(draft.text ?? ''), site);
  // The popup's counts are no part of the way to the verdict.
  tally.seen(tabId, site, verdict).catch(console.error);
  return verdict;
}

/**
 * The conversation goes along only while the person has it switched on, whatever a content script sends.
 * @param {DraftJson['thread']} thread
 */
async function allowed(thread) {
  return (await state.settings()).chats ? thread : undefined;
}

/**
 * A file from the disk is copied into memory first: Chromium refuses to upload one from
 * a process to which the person has not given that file, and the worker's is another.
 * @param {{file: File}} data
 * @param {Page} page
 */
export async function attach({ file }, { site }) {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new BackendError('unreadable');
  });
  const form = new FormData();
  form.append('file', new File([bytes], file.name || 'file', { type: file.type }));
  return ask('/v1/attachments', { server: await state.serverOf(site.id), form, timeout: UPLOAD_TIMEOUT }).catch(explain);
}

/**
 * @param {{id: string, since?: number}} data
 * @param {Page} page
 */
export async function attachment({ id, since = -1 }, { site }) {
  const server = await state.serverOf(site.id);
  return ask(`/v1/attachments/${encodeURIComponent(id)}?wait=10&since=${Number(since)}`, { server, timeout: READ_TIMEOUT });
}

/**
 * @param {{id: string}} data
 * @param {Page} page
 */
export async function forget({ id }, { site }) {
  return ask(`/v1/attachments/${encodeURIComponent(id)}`, { server: await state.serverOf(site.id), method: 'DELETE' });
}

/**
 * @param {{id: string, remedies: string[], places?: Place[]}} data
 * @param {Page} page
 */
export async function copy({ id, remedies, places = [] }, { site }) {
  const boxes = remedies.includes('cover_boxes') ? places.flatMap(({ page, box: at }) => (at ? [{ page: page ?? null, box: at }] : [])) : [];
  const json = { boxes, strip_metadata: remedies.includes('strip_metadata') };
  const server = await state.serverOf(site.id);
  return ask(`/v1/attachments/${encodeURIComponent(id)}/copy`, { server, json, raw: true, timeout: READ_TIMEOUT });
}

/**
 * @param {DecisionJson} decision
 * @param {Page} page
 */
export async function decide(decision, { site, origin }) {
  await tally.decided(decision.outcome);
  const json = { ...decision, site: new URL(origin).hostname, channel: decision.channel ?? site.channel };
  return ask('/v1/decisions', { server: await state.serverOf(site.id), json });
}

/**
 * "Not useful": the rule speaks up less from now on, or is silent about these very words on this site.
 * @param {{rule: string, title: string, words?: string[]}} about
 * @param {Page} page
 */
export async function quieten(about, { site }) {
  await (about.words ? quiet.never(about.words, site) : quiet.lower(about));
  return { steps: about.words ? 0 : await quiet.steps(about.rule) };
}

/**
 * The box, and perhaps the button, that the person has shown by clicking.
 * @param {Picked} shown
 * @param {Page} page
 */
export async function picked(shown, { site }) {
  await picks.add(site, shown);
  await announce();
}

/** Picking is over in every frame of the tab. @param {unknown} _data @param {Page} page */
export async function pickEnd(_data, { tabId }) {
  await chrome.tabs.sendMessage(tabId, { type: 'pick', on: false });
}

/**
 * What a frame's box is, for the popup.
 * @param {{readable: boolean, reason: string, structure?: string}} data
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
  const { sitesPaused, preset } = await state.settings();
  if (preset.mayPause === false) throw new BackendError('refused');
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
  if (!(await state.addresses()).includes(origin)) throw new BackendError('refused');
  return begin ? pairing.begin(origin) : pairing.view(origin);
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
