/** What the extension's own pages, popup and options, may ask. */
import { ask, BackendError, CONTRACT } from './backend.js';
import * as language from './language.js';
import * as pairingState from './pairing.js';
import * as sites from './sites.js';
import * as state from './state.js';
import * as tally from './tally.js';

export function words() {
  return language.words();
}

/** @param {{tabId?: number}} data */
export async function overview({ tabId }) {
  const settings = await state.settings();
  return {
    settings,
    sites: await sites.all(true),
    permitted: await sites.permissions(),
    server: await serverState(),
    paired: await state.isPaired(settings.server),
    tab: tabId === undefined ? null : await tally.tab(tabId),
    week: await tally.week(),
    version: chrome.runtime.getManifest().version,
  };
}

/** @param {Partial<Settings>} changes */
export async function change({ server, language: tag }) {
  if (server !== undefined) await state.change({ server: loopback(server) });
  if (tag !== undefined) await state.change({ language: ['en', 'vi', 'zh'].includes(tag) ? tag : '' });
  return state.settings();
}

/** @param {{id: string, on: boolean}} data */
export function toggleSite({ id, on }) {
  return sites.toggle(id, on);
}

/** @param {{minutes: number, site?: string}} data */
export async function pause({ minutes, site }) {
  const until = minutes ? Date.now() + minutes * 60000 : 0;
  const { sitesPaused } = await state.settings();
  await state.change(site ? { sitesPaused: { ...sitesPaused, [site]: until } } : { pausedUntil: until });
  await sites.announce();
}

export function pair() {
  return pairingState.begin();
}

export function pairing() {
  return pairingState.view();
}

export function unpair() {
  return pairingState.end();
}

async function serverState() {
  try {
    const status = await ask('/v1/status', { anonymous: true });
    if (status.name !== 'Second Look') return { state: 'foreign', version: '' };
    return { state: Number(status.contract) >= CONTRACT ? 'running' : 'old', version: String(status.version ?? '') };
  } catch (error) {
    return { state: error instanceof BackendError ? error.kind : 'failed', version: '' };
  }
}

/**
 * The address of a server on this machine, without its path.
 * @param {string} address
 */
function loopback(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'http:' || !['127.0.0.1', 'localhost'].includes(url.hostname)) throw new BackendError('address');
  return url.origin;
}
