/**
 * Which servers have proved that they are the ones that gave their tokens. Kept in the worker's
 * memory alone, so that each start of it asks anew; so does every connection that failed, since
 * another program may have taken the port meanwhile, and so does time.
 */
import { BackendError } from './backend_error.js';
import * as proof from './proof.js';

/** After this a proof is renewed beside the requests, and after that before the next one. */
const FRESH = 10 * 1000;
const GOOD = 30 * 1000;
/** A failure is told again for so long without asking. */
const FAILED = 1000;
/** What says nothing of who answers. */
const UNDECIDED = ['stopped', 'unreachable', 'slow', 'busy'];

/** @typedef {(path: string, json?: unknown) => Promise<any>} Ask without a token */
/** @typedef {{token: string, at: number, proving: Promise<void>, renewing?: boolean, error?: unknown}} Entry */

/** @type {Map<string, Entry>} */
const entries = new Map();

/**
 * Come back when a server is proved; throw a fault when it is not, before anything was sent.
 * @param {string} server
 * @param {string} token
 * @param {Ask} ask
 */
export function ensure(server, token, ask) {
  const entry = entries.get(server);
  const age = Date.now() - (entry?.at ?? 0);
  if (entry?.token !== token || age < 0 || age > (entry.error ? FAILED : GOOD)) return begin(server, token, ask).proving;
  if (age > FRESH && !entry.error) renew(entry, server, token, ask);
  return entry.proving;
}

/** What failed may be another from now on. @param {string} server */
export function doubt(server) {
  entries.delete(server);
}

/**
 * @param {string} server
 * @param {string} token
 * @param {Ask} ask
 */
function begin(server, token, ask) {
  /** @type {Entry} */
  const entry = { token, at: Date.now(), proving: prove(server, token, ask) };
  entry.proving.catch((error) => {
    if (UNDECIDED.includes(error?.kind)) return void (entries.get(server) === entry && entries.delete(server));
    Object.assign(entry, { error, at: Date.now() });
  });
  entries.set(server, entry);
  return entry;
}

/**
 * @param {Entry} entry
 * @param {string} server
 * @param {string} token
 * @param {Ask} ask
 */
function renew(entry, server, token, ask) {
  if (entry.renewing) return;
  entry.renewing = true;
  prove(server, token, ask).then(
    () => Object.assign(entry, { at: Date.now(), renewing: false }),
    () => entries.get(server) === entry && entries.delete(server),
  );
}

/**
 * @param {string} server
 * @param {string} token
 * @param {Ask} ask
 */
async function prove(server, token, ask) {
  const asked = await proof.question(token, server);
  const answer = await ask('/v1/proofs', asked).catch((error) => explain(error, ask));
  if (!(await proof.holds(token, asked, answer))) throw new BackendError('unproven');
}

/**
 * What knows no proofs at all may say that it is an older version; anything else is not who it should be.
 * @param {unknown} error
 * @param {Ask} ask
 * @returns {Promise<never>}
 */
async function explain(error, ask) {
  const kind = error instanceof BackendError ? error.kind : 'failed';
  if (UNDECIDED.includes(kind)) throw error;
  if (kind !== 'missing') throw new BackendError('unproven');
  const status = await ask('/v1/status').catch(() => ({}));
  throw new BackendError(status?.name === 'Second Look' ? 'old' : 'foreign');
}
