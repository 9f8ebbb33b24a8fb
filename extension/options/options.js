/** The options page: server and pairing, language, sites, and what each permission is for. */
import { ask, explain, make, need, pair, pairingWords, say, serverWords, translate } from '../pages/pages.js';

await translate();
await show();

need('pair').addEventListener('click', connect);
need('unpair').addEventListener('click', async () => {
  await ask('unpair');
  await show();
});
need('address').addEventListener('submit', saveAddress);
need('language').addEventListener('change', async (event) => {
  await ask('change', { language: /** @type {HTMLSelectElement} */ (event.target).value });
  await translate();
  await show();
});
need('search').addEventListener('input', filter);
need('add').addEventListener('submit', addSite);

async function show() {
  const overview = await ask('overview');
  document.title = say('optionsTitle');
  showServer(overview);
  showSites(overview);
  /** @type {HTMLSelectElement} */ (need('language')).value = overview.settings.language;
  need('version').textContent = `${say('name')} ${overview.version}`;
}

/** @param {any} overview */
function showServer(overview) {
  const { text, tone } = serverWords(overview);
  const version = overview.server.version ? ` · ${say('serverVersion', overview.server.version)}` : '';
  need('server-state').textContent = text + version;
  need('server-state').dataset.tone = tone;
  need('server-help').hidden = tone === 'good';
  need('server-help').textContent = tone === 'open' ? say('pairHelp') : explain(overview.server.state);
  need('pair').hidden = tone !== 'open';
  need('unpair').hidden = !overview.paired;
  /** @type {HTMLInputElement} */ (need('server')).value = overview.settings.server;
  /** @type {HTMLAnchorElement} */ (need('welcome')).href = `${overview.settings.server}/welcome`;
  /** @type {HTMLAnchorElement} */ (need('try')).href = `${overview.settings.server}/try`;
}

/** @param {any} overview */
function showSites({ sites, settings, permitted }) {
  need('sites').replaceChildren(...sites.map((/** @type {Site} */ site) => row(site, permitted[site.id] && !settings.sitesOff.includes(site.id))));
  const waiting = sites.filter((/** @type {Site} */ { id }) => !permitted[id]).flatMap((/** @type {Site} */ { matches }) => matches);
  need('sites-all').hidden = waiting.length === 0;
  need('sites-all').onclick = async () => {
    if (await chrome.permissions.request({ origins: waiting })) await show();
  };
  filter();
}

/**
 * @param {Site} site
 * @param {boolean} on
 */
function row(site, on) {
  const box = make('input', { type: 'checkbox', checked: on });
  box.addEventListener('click', () => toggle(site, box));
  const hosts = site.matches.map((pattern) => pattern.split('://')[1].replace('/*', '')).join(', ');
  const asks = site.later && !on ? `${hosts} · ${say('siteAsks')}` : hosts;
  const names = make('span', { class: 'names' }, make('span', { text: site.name }), make('span', { class: 'soft', text: asks }));
  return make('li', { 'data-search': `${site.name} ${site.id} ${hosts}`.toLowerCase() }, make('label', {}, names, box));
}

/**
 * The browser's own question must come from the very press: nothing is awaited before it.
 * @param {Site} site
 * @param {HTMLInputElement} box
 */
async function toggle(site, box) {
  const on = box.checked;
  if (on && !(await chrome.permissions.request({ origins: site.matches }))) return void (box.checked = false);
  await ask('toggle_site', { id: site.id, on });
  if (site.later || site.added) await show();
}

/** @param {Event} event */
async function addSite(event) {
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

/** @param {Event} event */
async function saveAddress(event) {
  event.preventDefault();
  const told = need('address-told');
  try {
    await ask('change', { server: /** @type {HTMLInputElement} */ (need('server')).value });
    await show();
    told.textContent = say('saved');
  } catch (error) {
    told.textContent = explain(/** @type {any} */ (error).kind);
  }
}

async function connect() {
  need('pairing').hidden = false;
  need('pair').hidden = true;
  try {
    await pair(({ state, code }) => {
      need('code').textContent = code;
      need('pairing-text').textContent = pairingWords(state);
    });
  } catch (error) {
    need('pairing-text').textContent = explain(/** @type {any} */ (error).kind);
  }
  await show();
}
