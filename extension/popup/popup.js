/** The popup: how the server is, what this tab's box is, and a pause. */
import { ask, explain, make, need, pair, pairingWords, say, serverWords, translate } from '../pages/pages.js';

const LEVELS = /** @type {Record<string, string>} */ ({ clear: 'levelClear', note: 'levelNote', warn: 'levelWarn', stop: 'levelStop' });

await translate();
await show();

need('pair').addEventListener('click', () => connect());
need('settings').addEventListener('click', () => chrome.runtime.openOptionsPage());

async function show() {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const overview = await ask('overview', { tabId: tab?.id });
  showServer(overview);
  showTab(overview, tab);
  showPause(overview);
  const { cancelled = 0, edited = 0, sent = 0 } = overview.week;
  need('week').hidden = cancelled + edited + sent === 0;
  need('week').textContent = `${say('week')}: ${say('weekCounts', cancelled, sent)}`;
}

/** @param {any} overview */
function showServer(overview) {
  const { text, tone } = serverWords(overview);
  need('server-state').textContent = text;
  need('server-state').dataset.tone = tone;
  const help = need('server-help');
  help.hidden = tone === 'good';
  help.textContent = tone === 'open' ? say('pairHelp') : explain(overview.server.state);
  need('pair').hidden = tone !== 'open';
  const welcome = need('welcome');
  welcome.hidden = tone !== 'open';
  welcome.onclick = () => chrome.tabs.create({ url: `${overview.settings.server}/welcome` });
}

/**
 * @param {any} overview
 * @param {chrome.tabs.Tab | undefined} tab
 */
function showTab({ sites, settings, tab: seen }, tab) {
  const site = siteOf(sites, settings, tab);
  if (!site) return void (need('tab-site').textContent = say('tabNone'));
  const name = site.nameKey ? say(site.nameKey) : site.name;
  const off = settings.sitesOff.includes(site.id);
  need('tab-site').textContent = say(off ? 'tabOff' : 'tabSite', name);
  if (off || !seen) return;
  tell('tab-box', seen.readable === undefined ? '' : say(seen.readable ? 'chipReady' : seen.reason || 'blindBox'));
  tell('tab-last', seen.level ? say('tabLast', say(seen.gaps && seen.level === 'clear' ? 'chipGap' : LEVELS[seen.level])) : '');
}

/**
 * @param {string} id
 * @param {string} text
 */
function tell(id, text) {
  need(id).hidden = !text;
  need(id).textContent = text;
}

/**
 * @param {Site[]} sites
 * @param {Settings} settings
 * @param {chrome.tabs.Tab | undefined} tab
 */
function siteOf(sites, { server }, tab) {
  if (!tab?.url) return null;
  const { origin, hostname, protocol } = new URL(tab.url);
  if (origin === server) return sites.find(({ id }) => id === 'try') ?? null;
  if (protocol !== 'https:') return null;
  return sites.find(({ matches }) => matches.some((pattern) => {
    const host = pattern.split('://')[1].replace('/*', '');
    return host === hostname || (host.startsWith('*.') && `.${hostname}`.endsWith(host.slice(1)));
  })) ?? null;
}

/** @param {any} overview */
function showPause({ settings }) {
  const paused = settings.pausedUntil > Date.now();
  const button = need('pause');
  button.textContent = say(paused ? 'resume' : 'pause15');
  button.onclick = async () => {
    await ask('pause', { minutes: paused ? 0 : 15 });
    await show();
  };
  if (!paused) return;
  const until = new Date(settings.pausedUntil).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
  need('tab-site').replaceChildren(make('span', { text: say('pausedUntil', until) }));
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
