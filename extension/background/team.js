/**
 * A team's server: joining it by a code, whose device this is there, and leaving it. The code goes to the
 * address that the person typed, or that the administrator preset, and nowhere else.
 */
import { ask, BackendError } from './backend.js';
import { browserName, end } from './pairing.js';
import * as state from './state.js';

const CODE = /^[A-Za-z0-9 \u00a0\u2013-]{8,60}$/;

/**
 * Become a device of the team.
 * @param {string} server its address
 * @param {string} code of the invitation, as it was typed
 */
export async function join(server, code) {
  if (!CODE.test(code.trim())) throw new BackendError('code');
  const { token } = await ask('/v1/joins', { server, json: { code: code.trim(), device: browserName() }, anonymous: true });
  if (typeof token !== 'string' || !token) throw new BackendError('foreign');
  await state.keepToken(server, token);
}

/** Join by what the administrator has preset, where this browser has not joined yet. */
export async function joinPreset() {
  const { server, preset } = await state.settings();
  if (!preset.server || !preset.joinCode || (await state.token(server))) return;
  await join(server, preset.joinCode).catch((error) => console.error('joining the preset server:', error.kind));
}

/**
 * Who one is at a server: null on one person's own, where there are no people.
 * @param {string} server
 * @returns {Promise<Account | null>}
 */
export async function account(server) {
  try {
    const [person, { tokens }] = await Promise.all([ask('/v1/people/me', { server }), ask('/v1/tokens', { server })]);
    const { name: device = '', role = person.role, expires = null } = tokens.find((/** @type {any} */ one) => one.current) ?? {};
    return { name: String(person.name), role: String(role), device: String(device), expires };
  } catch {
    return null;
  }
}

/**
 * Forget the token here and have it revoked there.
 * @param {string} server
 * @returns {Promise<{told: boolean}>} whether the server knows; it is forgotten here in any case
 */
export async function leave(server) {
  const told = await revoke(server).then(() => true, ({ kind }) => ['token', 'unpaired'].includes(kind));
  await end(server);
  return { told };
}

/** @param {string} server */
async function revoke(server) {
  const { tokens } = await ask('/v1/tokens', { server });
  const mine = tokens.find((/** @type {any} */ one) => one.current);
  if (mine) await ask(`/v1/tokens/${encodeURIComponent(mine.id)}`, { server, method: 'DELETE' });
}

/**
 * The address of the settings pages, which opens them once as whoever this device belongs to.
 * @param {string} server
 */
export async function pagesOf(server) {
  const plain = `${server}/settings`;
  try {
    const { link } = await ask('/v1/sign-in/links', { server, method: 'POST' });
    const once = new URL(link).searchParams.get('once');
    return once ? `${plain}?once=${encodeURIComponent(once)}` : plain;
  } catch {
    return plain;
  }
}
