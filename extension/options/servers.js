/** The servers: which is in use, the others, and adding one by its own permission. */
import { ask, explain, make, need, say, serverWords } from '../pages/pages.js';
import { connect } from '../pages/server.js';
import * as team from './team.js';

/** An address that is being typed while a slow server is still waited for is not put back. */
let typed = false;

/** @param {() => Promise<void>} show */
export function listen(show) {
  need('server').addEventListener('input', () => (typed = true));
  need('address').addEventListener('submit', (event) => save(event, 'server', 'address-told', use, show));
  need('add-server').addEventListener('submit', (event) => save(event, 'add-server-address', 'add-server-told', add, show));
}

/**
 * @param {any} overview
 * @param {() => Promise<void>} refresh
 */
export function show(overview, refresh) {
  const { servers, settings } = overview;
  const fixed = Boolean(settings.preset.server);
  const address = /** @type {HTMLInputElement} */ (need('server'));
  if (!typed) address.value = settings.server;
  for (const id of ['address', 'add-server']) for (const one of need(id).querySelectorAll('input, button')) one.toggleAttribute('disabled', fixed);
  const names = new Map(settings.servers.map((/** @type {ServerName} */ one) => [one.address, one.name]));
  need('servers').replaceChildren(...servers.map((/** @type {ServerView} */ view) => row(view, names.get(view.address) ?? '', overview, refresh)));
}

/**
 * @param {ServerView} view
 * @param {string} name
 * @param {any} overview
 * @param {() => Promise<void>} refresh
 */
function row(view, name, overview, refresh) {
  const { address, server, paired, account } = view;
  const { settings } = overview;
  const used = address === settings.server;
  const { text } = serverWords({ server, paired });
  const about = `${name ? `${address} · ` : ''}${text}${used ? ` · ${say('serverInUse')}` : ''}`;
  /** @param {string} key @param {() => Promise<unknown>} act */
  const button = (key, act) => make('button', {
    class: 'button quiet', type: 'button', text: say(key), 'aria-label': `${say(key)}: ${name || address}`,
    click: async () => {
      await act();
      await refresh();
    },
  });
  const acts = [];
  if (!used && !settings.preset.server) acts.push(button('serverUse', () => ask('use_server', { address })));
  if (!used && !paired && server.state === 'running') acts.push(button('pairHere', () => connect(address, refresh)));
  if (account && !used) acts.push(button('settingsPage', () => ask('open_pages', { server: address })));
  if (account) acts.push(button('leaveTeam', () => team.leave(address, settings)));
  if (!used && paired && !account) acts.push(button('unpair', () => ask('unpair', { server: address })));
  if (!used && settings.servers.length > 1) acts.push(button('serverRemove', () => ask('remove_server', { address })));
  const names = make('span', { class: 'names' }, make('span', { text: name || address }), make('span', { class: 'soft', text: about }),
    ...team.about(view, overview));
  return make('li', {}, names, ...acts);
}

/** @param {string} server */
async function use(server) {
  await ask('change', { server });
  typed = false;
}

/** @param {string} address */
function add(address) {
  return ask('add_server', { address, name: /** @type {HTMLInputElement} */ (need('add-server-name')).value });
}

/**
 * @param {Event} event
 * @param {string} input
 * @param {string} told
 * @param {(address: string) => Promise<unknown>} write
 * @param {() => Promise<void>} show
 */
async function save(event, input, told, write, show) {
  event.preventDefault();
  const { value } = /** @type {HTMLInputElement} */ (need(input));
  const url = URL.canParse(value) ? new URL(value) : null;
  // The browser's own question must come from the very press: nothing is awaited before it.
  if (url?.protocol === 'https:' && !(await chrome.permissions.request({ origins: [`https://${url.hostname}/*`] }))) return;
  try {
    await write(value);
    await show();
    need(told).textContent = say('saved');
  } catch (error) {
    need(told).textContent = explain(/** @type {any} */ (error).kind);
  }
}
