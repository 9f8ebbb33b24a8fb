/** Counts for the popup: numbers and levels only, never a word of a draft. */
import * as state from './state.js';

const WEEK = 7 * 24 * 3600 * 1000;
/** What was written down last of each tab: most verdicts on a growing draft say the same. @type {Map<number, string>} */
const last = new Map();

/** A page has come into a tab: the browser has taken the badge away. @param {number} tabId */
export function arrived(tabId) {
  last.delete(tabId);
}

/**
 * @param {number} tabId
 * @param {Site} site
 * @param {VerdictJson} verdict
 */
export async function seen(tabId, site, verdict) {
  const told = { site: site.id, level: verdict.level, findings: verdict.findings.length, gaps: verdict.gaps.length };
  const mark = JSON.stringify(told);
  if (last.get(tabId) === mark) return;
  last.set(tabId, mark);
  const tabs = (await state.recall('tabs')) ?? {};
  tabs[tabId] = { ...tabs[tabId], ...told };
  await state.remember('tabs', tabs);
  await badge(tabId, verdict);
}

/**
 * The toolbar is the one place that no page can paint over or imitate.
 * @param {number} tabId
 * @param {VerdictJson} verdict
 */
async function badge(tabId, { level, gaps }) {
  const loud = level === 'warn' || level === 'stop';
  await chrome.action.setBadgeBackgroundColor({ tabId, color: level === 'stop' ? '#b3261e' : '#8a5300' });
  await chrome.action.setBadgeText({ tabId, text: loud ? '!' : gaps.length ? '?' : '' });
}

/**
 * @param {number} tabId
 * @param {Site} site
 * @param {{readable: boolean, reason: string, structure?: string}} about
 */
export async function box(tabId, site, { readable, reason, structure = '' }) {
  const tabs = (await state.recall('tabs')) ?? {};
  tabs[tabId] = { ...tabs[tabId], site: site.id, readable, reason, structure: String(structure).slice(0, 600) };
  await state.remember('tabs', tabs);
}

/** @param {number} tabId */
export async function tab(tabId) {
  return ((await state.recall('tabs')) ?? {})[tabId] ?? null;
}

/** @param {string} outcome */
export async function decided(outcome) {
  const kept = await recent();
  kept.push({ at: Date.now(), outcome });
  await chrome.storage.local.set({ decisions: kept.slice(-500) });
}

/** How often in the last seven days the person went back, edited or shared anyway. */
export async function week() {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { outcome } of await recent()) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** @returns {Promise<{at: number, outcome: string}[]>} */
async function recent() {
  const { decisions } = await chrome.storage.local.get('decisions');
  const all = /** @type {{at: number, outcome: string}[]} */ (decisions ?? []);
  return all.filter(({ at }) => at > Date.now() - WEEK);
}
