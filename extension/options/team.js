/** A team's server: joining it by a code, who one is there, which sites it checks, and leaving it. */
import { ask, explain, make, need, nameOf, say } from '../pages/pages.js';

/** @type {Record<string, string>} */
const ROLES = { member: 'roleMember', editor: 'roleEditor', administrator: 'roleAdministrator' };
const SHOWN = 5;

/** @param {() => Promise<void>} show */
export function listen(show) {
  need('join').addEventListener('submit', (event) => join(event, show));
}

/** What an administrator has preset stands there already. @param {any} overview */
export function show({ settings, paired }) {
  const { server, joinCode } = settings.preset;
  const [address, code] = ['join-address', 'join-code'].map((id) => /** @type {HTMLInputElement} */ (need(id)));
  address.toggleAttribute('disabled', Boolean(server));
  if (server) address.value = settings.server;
  if (joinCode && !paired && !code.value) code.value = joinCode;
}

/**
 * @param {Event} event
 * @param {() => Promise<void>} show
 */
async function join(event, show) {
  event.preventDefault();
  const [address, code] = ['join-address', 'join-code'].map((id) => /** @type {HTMLInputElement} */ (need(id)));
  const url = URL.canParse(address.value) ? new URL(address.value) : null;
  // The browser's own question must come from the very press: nothing is awaited before it.
  if (url?.protocol === 'https:' && !(await chrome.permissions.request({ origins: [`https://${url.hostname}/*`] }))) return;
  try {
    await ask('join', { address: address.value, code: code.value });
    address.value = code.value = '';
    await show();
    need('join-told').textContent = say('joined');
  } catch (error) {
    need('join-told').textContent = explain(/** @type {any} */ (error).kind);
  }
}

/**
 * The lines about a server in the list: who one is there, and which sites it checks.
 * @param {ServerView} view
 * @param {any} overview
 */
export function about({ address, account }, overview) {
  const lines = [];
  if (account) lines.push(say('accountLine', account.name, say(ROLES[account.role] ?? account.role), account.device));
  if (account?.expires) lines.push(say('accountUntil', account.expires));
  if (overview.servers.length > 1) lines.push(checks(address, overview));
  return lines.map((text) => make('span', { class: 'soft', text }));
}

/**
 * @param {string} address
 * @param {any} overview
 */
function checks(address, { settings, sites, permitted }) {
  const on = sites.filter((/** @type {Site} */ { id }) => id !== 'try' && permitted[id] && !settings.sitesOff.includes(id));
  const mine = on.filter((/** @type {Site} */ { id }) => (settings.siteServers[id] ?? settings.server) === address);
  if (mine.length === 0) return say('checksNone');
  if (mine.length === on.length) return say('checksAll');
  const names = mine.slice(0, SHOWN).map(nameOf).join(', ');
  return say('checksSites', mine.length > SHOWN ? say('checksMore', names, mine.length - SHOWN) : names);
}

/**
 * Leave: forgotten here, revoked there, and no longer in the list where another server stays.
 * @param {string} address
 * @param {Settings} settings
 */
export async function leave(address, { servers, preset }) {
  if (!window.confirm(say('leaveAsk'))) return;
  const isOnly = servers.length < 2 || preset.server;
  const { told } = await ask(isOnly ? 'unpair' : 'remove_server', isOnly ? { server: address } : { address });
  if (!told) window.alert(say('leaveUntold'));
}

/**
 * Open the settings pages as the person whose device this is.
 * @param {string} server
 */
export function opening(server) {
  return (/** @type {Event} */ event) => {
    event.preventDefault();
    ask('open_pages', { server });
  };
}
