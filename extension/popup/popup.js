/** The popup: how the server is, what this tab's box is, and a pause. */
import { ask, explain, nameOf, need, say, tell, translate } from '../pages/pages.js';
import { connect, showServer } from '../pages/server.js';

const LEVELS = /** @type {Record<string, string>} */ ({ clear: 'levelClear', note: 'levelNote', warn: 'levelWarn', stop: 'levelStop' });

await translate();
await show();

need('settings').addEventListener('click', () => chrome.runtime.openOptionsPage());

async function show() {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const overview = await ask('overview', { tabId: tab?.id });
  const site = siteOf(overview.sites, overview.settings, tab);
  showServer(overview);
  need('pair').onclick = () => connect(overview.settings.server, show);
  need('welcome').onclick = () => chrome.tabs.create({ url: `${overview.settings.server}/welcome` });
  showTab(overview, site);
  showBox(overview, site, tab);
  showOffer(overview, site, tab);
  showPause(overview, site);
  const { cancelled = 0, edited = 0, sent = 0 } = overview.week;
  tell('week', cancelled + edited + sent ? `${say('week')}: ${say('weekCounts', cancelled, edited, sent)}` : say('weekNone'));
}

/**
 * @param {any} overview
 * @param {Site | null} site
 */
function showTab({ settings, servers, tab: seen }, site) {
  if (!site) return void (need('tab-site').textContent = say('tabNone'));
  const off = settings.sitesOff.includes(site.id);
  if (!off && servers.length > 1 && site.id !== 'try') tell('tab-server', say('tabServer', serverName(settings, site)));
  need('tab-site').textContent = say(off ? 'tabOff' : 'tabSite', nameOf(site));
  if (off || !seen) return;
  tell('tab-box', seen.readable === undefined ? '' : say(seen.readable ? 'chipReady' : seen.reason || 'blindBox'));
  tell('tab-last', seen.level ? say('tabLast', say(seen.gaps && seen.level === 'clear' ? 'chipGap' : LEVELS[seen.level])) : '');
}

/**
 * @param {Settings} settings
 * @param {Site} site
 */
function serverName({ server, servers, siteServers }, site) {
  const address = siteServers[site.id] ?? server;
  return servers.find((one) => one.address === address)?.name || new URL(address).host;
}

/**
 * A box that cannot be read, or that the person knows better: they can show it, and copy a report that holds no words.
 * @param {any} overview
 * @param {Site | null} site
 * @param {chrome.tabs.Tab | undefined} tab
 */
function showBox({ settings, permitted, tab: seen, version }, site, tab) {
  const watched = site !== null && site.id !== 'try' && permitted[site.id] && !settings.sitesOff.includes(site.id);
  need('tab-pick').hidden = !watched;
  need('tab-pick').onclick = async () => {
    await ask('pick', { tabId: tab?.id });
    window.close();
  };
  need('tab-report').hidden = !watched || !seen || seen.readable !== false;
  need('tab-report').onclick = async () => {
    const lines = [`Second Look ${version}`, navigator.userAgent, `${site?.id} (${new URL(tab?.url ?? 'about:blank').hostname})`, seen.reason, seen.structure];
    await navigator.clipboard.writeText(lines.join('\n'));
    tell('tab-told', say('reportCopied'));
  };
}

/**
 * @param {Site[]} sites
 * @param {Settings} settings
 * @param {chrome.tabs.Tab | undefined} tab
 */
function siteOf(sites, { server, servers }, tab) {
  if (!tab?.url) return null;
  const { origin, hostname, protocol } = new URL(tab.url);
  if ([server, ...servers.map(({ address }) => address)].includes(origin)) return sites.find(({ id }) => id === 'try') ?? null;
  if (protocol !== 'https:') return null;
  return sites.find(({ matches }) => matches.some((pattern) => {
    const host = pattern.split('://')[1].replace('/*', '');
    return host === hostname || (host.startsWith('*.') && `.${hostname}`.endsWith(host.slice(1)));
  })) ?? null;
}

/**
 * A site that is not looked at can be: the browser asks for that site alone.
 * @param {any} overview
 * @param {Site | null} site
 * @param {chrome.tabs.Tab | undefined} tab
 */
function showOffer({ permitted }, site, tab) {
  const url = URL.canParse(tab?.url ?? '') ? new URL(/** @type {string} */ (tab?.url)) : null;
  const isServer = (!site || site.added === true) && ['/join', '/welcome'].includes(url?.pathname ?? '');
  const offered = url?.protocol === 'https:' && (isServer || !(site && permitted[site.id]));
  need('tab-add').hidden = need('tab-add-help').hidden = !offered;
  if (!offered || !url) return;
  need('tab-add').textContent = say(isServer ? 'tabConnect' : 'tabAdd');
  need('tab-add-help').textContent = say(isServer ? 'tabConnectHelp' : 'tabAddHelp');
  tell('tab-site', say('tabOffer', site ? nameOf(site) : url.hostname));
  const origins = site?.matches ?? [`https://${url.hostname}/*`];
  need('tab-add').onclick = async () => {
    // The browser's own question must come from this very press: nothing is awaited before it.
    if (!(await chrome.permissions.request({ origins }))) return;
    if (isServer) return connectTo(url);
    await ask('toggle_site', { id: site?.id ?? url.hostname, on: true });
    await show();
    tell('tab-box', say('tabNew'));
  };
}

/**
 * The page of a team's server: with an invitation in its address this browser joins, else the page shows a code to compare.
 * @param {URL} url
 */
async function connectTo({ origin, hostname, pathname, searchParams }) {
  const code = pathname === '/join' ? searchParams.get('once') : '';
  try {
    await (code ? ask('join', { address: origin, code }) : ask('add_server', { address: origin, name: hostname }));
    await show();
    if (code) tell('tab-told', say('joined'));
  } catch (error) {
    tell('tab-told', explain(/** @type {any} */ (error).kind));
  }
}

/**
 * @param {any} overview
 * @param {Site | null} site
 */
function showPause({ settings, permitted }, site) {
  const paused = settings.pausedUntil > Date.now();
  need('pause').hidden = settings.preset.mayPause === false;
  showPauseButton('pause', say(paused ? 'resume' : 'pause15'), { minutes: paused ? 0 : 15 });
  const until = site ? (settings.sitesPaused[site.id] ?? 0) : 0;
  const here = until > Date.now();
  need('pause-site').hidden = settings.preset.mayPause === false || !site || !permitted[site.id] || paused || settings.sitesOff.includes(site.id);
  showPauseButton('pause-site', say(here ? 'resumeSite' : 'pauseSite'), { minutes: here ? 0 : 15, site: site?.id });
  if (paused) tell('tab-site', say('pausedUntil', clock(settings.pausedUntil)));
  else if (here && site) tell('tab-site', say('sitePausedUntil', nameOf(site), clock(until)));
}

/**
 * @param {string} id
 * @param {string} text
 * @param {{minutes: number, site?: string}} wish
 */
function showPauseButton(id, text, wish) {
  need(id).textContent = text;
  need(id).onclick = async () => {
    await ask('pause', wish);
    await show();
  };
}

/** @param {number} time */
function clock(time) {
  return new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
}
