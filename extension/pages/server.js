/** The server as popup and options both show it: how it is, and the pairing with its code. */
import { ask, explain, need, say, serverWords, tell } from './pages.js';

/** @type {Record<string, string>} */
const PAIRING = { waiting: 'pairText', paired: 'pairedTitle', refused: 'pairRefused' };

/**
 * How the server in use is, and what helps.
 * @param {any} overview
 */
export function showServer(overview) {
  const { text, tone } = serverWords(overview);
  const version = overview.server.version && overview.server.state !== 'unproven' ? ` · ${say('serverVersion', overview.server.version)}` : '';
  need('server-state').textContent = text + version;
  need('server-state').dataset.tone = tone;
  tell('server-help', tone === 'good' ? '' : tone === 'open' ? say('pairHelp') : explain(overview.server.state));
  need('pair').hidden = need('welcome').hidden = tone !== 'open';
}

/**
 * Pair with a server, and show the code until it is decided.
 * @param {string} server its address
 * @param {() => Promise<void>} show the page anew
 */
export async function connect(server, show) {
  need('pairing').hidden = false;
  need('pair').hidden = true;
  try {
    for (let view = await ask('pair', { server }); ; view = await ask('pairing', { server })) {
      need('code').textContent = view.code;
      need('pairing-text').textContent = say(PAIRING[view.state] ?? 'pairExpired');
      if (view.state !== 'waiting') break;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  } catch (error) {
    need('pairing-text').textContent = explain(/** @type {any} */ (error).kind);
  }
  await show();
}
