/** The sites: search, switches with their permissions, the server of each, and sites that the person adds. */
import { ask, make, need, say } from '../pages/pages.js';

/** @param {() => Promise<void>} show */
export function listen(show) {
  need('search').addEventListener('input', filter);
  need('add').addEventListener('submit', (event) => add(event, show));
}

/**
 * @param {any} overview
 * @param {() => Promise<void>} refresh
 */
export function show(overview, refresh) {
  const { sites, permitted } = /** @type {{sites: Site[], permitted: Record<string, boolean>}} */ (overview);
  need('sites').replaceChildren(...sites.map((site) => row(site, overview, refresh)));
  const waiting = sites.filter(({ id }) => !permitted[id]).flatMap(({ matches }) => matches);
  need('sites-all').hidden = waiting.length === 0;
  need('sites-all').onclick = async () => {
    if (await chrome.permissions.request({ origins: waiting })) await refresh();
  };
  filter();
}

/**
 * @param {Site} site
 * @param {any} overview
 * @param {() => Promise<void>} refresh
 */
function row(site, overview, refresh) {
  const { settings, permitted } = overview;
  const { sitesAlways = [], sitesNever = [] } = settings.preset;
  const preset = sitesAlways.includes(site.id) || sitesNever.includes(site.id);
  const on = permitted[site.id] && !settings.sitesOff.includes(site.id);
  // A site that is always looked at may still need the person's own permission.
  const box = make('input', { type: 'checkbox', checked: on, disabled: preset && (on || sitesNever.includes(site.id)) });
  box.addEventListener('click', () => toggle(site, box, refresh));
  const hosts = site.matches.map((pattern) => pattern.split('://')[1].replace('/*', '')).join(', ');
  const notes = [hosts, site.later && !on && say('siteAsks'), preset && say('presetSite')].filter(Boolean).join(' · ');
  const names = make('span', { class: 'names' }, make('span', { text: site.name }), make('span', { class: 'soft', text: notes }));
  return make('li', { 'data-search': `${site.name} ${site.id} ${hosts}`.toLowerCase() }, make('label', {}, names, box),
    ...(on ? [...serverOf(site, overview), ...picksOf(site, settings, refresh)] : []));
}

/**
 * With more than one server, each site may use another one.
 * @param {Site} site
 * @param {any} overview
 */
function serverOf(site, { settings, servers }) {
  if (servers.length < 2 || settings.preset.server || site.id === 'try') return [];
  const named = (/** @type {string} */ address) => settings.servers.find((/** @type {ServerName} */ one) => one.address === address)?.name || address;
  const options = servers.map((/** @type {ServerView} */ { address }) => make('option', { value: address, text: named(address) }));
  const usual = make('option', { value: '', text: say('serverAnywhere') });
  const select = make('select', { 'aria-label': say('serverFor', site.name) }, usual, ...options);
  select.value = settings.siteServers[site.id] ?? '';
  select.addEventListener('change', () => ask('use_server', { address: select.value, site: site.id }));
  return [select];
}

/**
 * @param {Site} site
 * @param {Settings} settings
 * @param {() => Promise<void>} refresh
 */
function picksOf(site, { picks }, refresh) {
  const count = picks[site.id]?.length ?? 0;
  if (!count) return [];
  const forget = async () => {
    await ask('forget_picks', { site: site.id });
    await refresh();
  };
  const button = make('button', { class: 'button quiet', type: 'button', text: say('picksForget'), click: forget });
  return [make('span', { class: 'soft', text: say('picksOf', count) }), button];
}

/**
 * The browser's own question must come from the very press: nothing is awaited before it.
 * @param {Site} site
 * @param {HTMLInputElement} box
 * @param {() => Promise<void>} refresh
 */
async function toggle(site, box, refresh) {
  const on = box.checked;
  if (on && !(await chrome.permissions.request({ origins: site.matches }))) return void (box.checked = false);
  await ask('toggle_site', { id: site.id, on });
  if (site.later || site.added) await refresh();
}

/**
 * @param {Event} event
 * @param {() => Promise<void>} show
 */
async function add(event, show) {
  event.preventDefault();
  const { value } = /** @type {HTMLInputElement} */ (need('add-address'));
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url?.protocol !== 'https:') return void (need('add-told').textContent = say('sitesAddFailed'));
  if (!(await chrome.permissions.request({ origins: [`https://${url.hostname}/*`] }))) return;
  need('add-told').textContent = say('saved');
  await show();
}

function filter() {
  const wanted = /** @type {HTMLInputElement} */ (need('search')).value.trim().toLowerCase();
  const rows = /** @type {HTMLElement[]} */ ([...need('sites').children]);
  for (const one of rows) one.hidden = !(one.dataset.search ?? '').includes(wanted);
  need('sites-none').hidden = rows.some((one) => !one.hidden);
}
