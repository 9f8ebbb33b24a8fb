/** What the extension's own pages, popup and options, may ask. */
import { ask, BackendError, CONTRACT, prepare } from './backend.js';
import * as language from './language.js';
import * as managed from './managed.js';
import * as pairingState from './pairing.js';
import * as picks from './picks.js';
import * as quiet from './quiet.js';
import * as sites from './sites.js';
import * as state from './state.js';
import * as tally from './tally.js';
import * as team from './team.js';

export function words() {
  return language.words();
}

/** @param {{tabId?: number}} data */
export async function overview({ tabId }) {
  const settings = await state.settings();
  const servers = await Promise.all((await state.addresses()).map((address) => serverState(address, tabId === undefined)));
  const { server, paired } = /** @type {ServerView} */ (servers.find(({ address }) => address === settings.server));
  return {
    settings,
    servers,
    server,
    paired,
    sites: await sites.all(true),
    permitted: await sites.permissions(),
    tab: tabId === undefined ? null : await tally.tab(tabId),
    week: await tally.week(),
    quiet: await quiet.list(),
    version: chrome.runtime.getManifest().version,
  };
}

/** @param {Partial<Settings>} changes */
export async function change({ server, language: tag, marks, chats }) {
  if (server !== undefined) await replaceServer(await permitted(server));
  if (tag !== undefined) await state.change({ language: ['en', 'vi', 'zh'].includes(tag) ? tag : '' });
  if (marks !== undefined) await state.change({ marks: Boolean(marks) });
  if (chats !== undefined) await state.change({ chats: Boolean(chats) });
  if (marks !== undefined || chats !== undefined) await sites.announce();
  return state.settings();
}

/**
 * The address of the one server that is set and in use is written anew.
 * @param {string} address
 */
async function replaceServer(address) {
  const { servers, server } = await state.settings();
  await state.change({ server: address, servers: servers.filter((one) => one.address !== server) });
  await sites.register();
}

/** @param {{address: string, name: string}} data */
export async function addServer({ address, name }) {
  await keepServer(await permitted(address), name);
}

/**
 * Join a team's server; it is used at once where no other is connected.
 * @param {{address: string, code: string}} data
 */
export async function joinTeam({ address, code }) {
  const { server: inUse, preset } = await state.settings();
  const server = preset.server ? inUse : await permitted(address);
  const isFirst = !(await state.token(inUse));
  await team.join(server, String(code ?? ''));
  if (preset.server) return;
  await keepServer(server, new URL(server).hostname);
  if (isFirst) await state.change({ server });
}

/**
 * @param {string} address
 * @param {string} name
 */
async function keepServer(address, name) {
  const added = { address, name: String(name ?? '').trim().slice(0, 80) };
  const { servers, server } = await state.settings();
  const others = [...servers, { address: server, name: '' }].filter((one) => one.address !== added.address);
  const own = others.filter((one, at) => others.findIndex((other) => other.address === one.address) === at);
  await state.change({ servers: [...own, added] });
  await sites.register();
  await sites.enterOpenTabs([`https://${new URL(address).hostname}/*`]);
}

/** @param {{address: string}} data */
export async function removeServer({ address }) {
  const { servers, server, siteServers, preset } = await state.settings();
  const left = servers.filter((one) => one.address !== address);
  if (!left.length || (preset.server && preset.server === address)) throw new BackendError('refused');
  const kept = Object.entries(siteServers).filter(([, one]) => one !== address);
  const told = await team.leave(address);
  await state.change({ servers: left, siteServers: Object.fromEntries(kept), server: server === address ? left[0].address : server });
  await sites.register();
  return told;
}

/**
 * Use a server everywhere, or for one site; for one site, an empty address is "as everywhere".
 * @param {{address: string, site?: string}} data
 */
export async function useServer({ address, site }) {
  const { siteServers, preset } = await state.settings();
  if (preset.server) throw new BackendError('refused');
  if (address && !(await state.addresses()).includes(address)) throw new BackendError('address');
  if (site === undefined) return state.change({ server: address });
  const others = Object.entries(siteServers).filter(([id]) => id !== site);
  return state.change({ siteServers: Object.fromEntries(address ? [...others, [site, address]] : others) });
}

/** @param {{id: string, on: boolean}} data */
export async function toggleSite({ id, on }) {
  const { sitesAlways = [], sitesNever = [] } = (await state.settings()).preset;
  if ((on ? sitesNever : sitesAlways).includes(id)) throw new BackendError('refused');
  return sites.toggle(id, on);
}

/** @param {{minutes: number, site?: string}} data */
export async function pause({ minutes, site }) {
  const { sitesPaused, preset } = await state.settings();
  if (preset.mayPause === false) throw new BackendError('refused');
  const until = minutes ? Date.now() + minutes * 60000 : 0;
  await state.change(site ? { sitesPaused: { ...sitesPaused, [site]: until } } : { pausedUntil: until });
  await sites.announce();
}

/** @param {{server?: string}} data */
export async function pair({ server }) {
  return pairingState.begin(server ?? (await state.settings()).server);
}

/** @param {{server?: string}} data */
export async function pairing({ server }) {
  return pairingState.view(server ?? (await state.settings()).server);
}

/** @param {{server?: string}} data */
export async function unpair({ server }) {
  return team.leave(server ?? (await state.settings()).server);
}

/** The settings pages, opened as the person whom this device belongs to. @param {{server: string}} data */
export async function openPages({ server }) {
  if (!(await state.addresses()).includes(server)) throw new BackendError('address');
  await chrome.tabs.create({ url: await team.pagesOf(server) });
}

/** The person wants to show the box of a tab by clicking it. @param {{tabId: number}} data */
export async function pick({ tabId }) {
  await chrome.tabs.sendMessage(tabId, { type: 'pick', on: true });
}

/** @param {{rule?: string}} data one rule, or all words and rules that were quietened */
export function speakAgain({ rule }) {
  return quiet.forget(rule);
}

/** @param {{site: string}} data */
export async function forgetPicks({ site }) {
  await picks.forget(site);
  await sites.announce();
}

/**
 * @param {string} address
 * @param {boolean} whose asks also whose device this is there
 * @returns {Promise<ServerView>}
 */
async function serverState(address, whose) {
  const paired = await state.isPaired(address);
  const server = await askStatus(address);
  if (paired && server.state === 'running') server.state = await prepare(address).then(() => 'running', (error) => error.kind ?? 'failed');
  return { address, server, paired, account: whose && paired && server.state === 'running' ? await team.account(address) : null };
}

/** @param {string} server */
async function askStatus(server) {
  try {
    const status = await ask('/v1/status', { server, anonymous: true });
    if (status.name !== 'Second Look') return { state: 'foreign', version: '' };
    return { state: Number(status.contract) >= CONTRACT ? 'running' : 'old', version: String(status.version ?? '') };
  } catch (error) {
    return { state: error instanceof BackendError ? error.kind : 'failed', version: '' };
  }
}

/**
 * The address of a server without its path: on this machine, or behind TLS on one that the person permitted.
 * @param {string} address
 */
async function permitted(address) {
  const { preset } = await state.settings();
  if (preset.server) throw new BackendError('refused');
  if (!managed.isAddress(address)) throw new BackendError('address');
  const { protocol, hostname } = new URL(address);
  const allowed = protocol === 'http:' || (await chrome.permissions.contains({ origins: [`https://${hostname}/*`] }));
  if (!allowed) throw new BackendError('address');
  return managed.originOf(address);
}
