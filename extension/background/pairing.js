/**
 * Pairing: the server shows a code, the extension shows a code, the person compares. Each
 * makes it of both sides' words and the address that was called (proof.js). The secret stays in `storage.session` and the token in the vault; what a
 * content script is told is the code and the state, and nothing else.
 */
import { ask, BackendError } from './backend.js';
import * as proof from './proof.js';
import * as state from './state.js';

/** @type {Promise<void> | undefined} */
let polling;

/**
 * Begin, unless a request is still open or a token is there.
 * @param {string} server its address
 * @returns {Promise<PairingView>}
 */
export async function begin(server) {
  if (await state.isPaired(server)) return { state: 'paired', code: '' };
  if (!current(await state.recall('pairing'), server)) await state.remember('pairing', await create(server));
  polling ??= poll().finally(() => (polling = undefined));
  return view(server);
}

/**
 * How far the pairing is; wakes the polling when the worker slept.
 * @param {string} server
 * @returns {Promise<PairingView>}
 */
export async function view(server) {
  if (await state.isPaired(server)) return { state: 'paired', code: '' };
  const open = await state.recall('pairing');
  if (!current(open, server)) return { state: open?.state ?? 'none', code: '' };
  polling ??= poll().finally(() => (polling = undefined));
  return { state: 'waiting', code: open.code };
}

/** Forget a server's token. @param {string} server */
export async function end(server) {
  await state.keepToken(server, '');
  await state.remember('pairing', undefined);
}

/**
 * @param {any} open
 * @param {string} server
 */
function current(open, server) {
  return open?.state === 'waiting' && open.server === server && open.until > Date.now();
}

/** @param {string} server */
async function create(server) {
  const { version } = chrome.runtime.getManifest();
  const word = proof.word();
  const json = { name: browserName(), version, commitment: await proof.commitment(word) };
  const { id, secret, expires_in: seconds } = await ask('/v1/pairings', { server, json, anonymous: true });
  // Its word must be there before ours is told: nobody in between can then choose words that make the codes alike.
  if (!proof.isWord(secret)) throw new BackendError('old');
  await ask(`/v1/pairings/${encodeURIComponent(id)}/code`, { server, json: { word, address: server }, authorization: `Pairing ${secret}` });
  return { id, secret, code: await proof.code(word, secret, server), server, state: 'waiting', until: Date.now() + seconds * 1000 };
}

async function poll() {
  for (;;) {
    const open = await state.recall('pairing');
    if (!open || !current(open, open.server)) return;
    const answer = await once(open);
    if (answer.token) await state.keepToken(open.server, answer.token);
    // Another server may have been asked in the meantime; its request is not touched.
    if ((await state.recall('pairing'))?.id !== open.id) continue;
    if (answer.state !== 'waiting') return state.remember('pairing', { state: answer.state });
  }
}

/** @param {{id: string, secret: string, server: string}} open */
async function once({ id, secret, server }) {
  try {
    return await ask(`/v1/pairings/${encodeURIComponent(id)}?wait=20`, { server, authorization: `Pairing ${secret}`, timeout: 25000 });
  } catch (error) {
    const gone = error instanceof BackendError && ['missing', 'token', 'refused', 'stopped'].includes(error.kind);
    return { state: gone ? 'expired' : 'waiting' };
  }
}

export function browserName() {
  const agent = navigator.userAgent;
  const browser = agent.includes('Firefox') ? 'Firefox' : agent.includes('Edg/') ? 'Edge' : 'Chromium';
  const system = ['Windows', 'Mac OS', 'Android', 'Linux'].find((name) => agent.includes(name)) ?? '';
  return system ? `${browser} on ${system}` : browser;
}
