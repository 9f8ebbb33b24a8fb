/**
 * What the server proves before it is told anything, and the code that a person compares.
 * Both halves compute them alike (`backend/store/proofs.py` says why they are made so);
 * `tests/contract/vectors/proofs.json` holds them together.
 */
const KEY = 'secondlook proof 1';
const CODE = 'secondlook code 1';
const SELECTOR = 16;
const WORD = /^[A-Za-z0-9_-]{43}$/;
const bytes = new TextEncoder();

/** @typedef {{token: string, word: string, address: string}} Question */

/**
 * What the server is asked: a fresh word, and which token is meant, by a part of its hash.
 * @param {string} token
 * @param {string} address the server's
 * @returns {Promise<Question>}
 */
export async function question(token, address) {
  return { token: hex(await hash(token)).slice(0, SELECTOR), word: word(), address };
}

/**
 * Whether an answer could only be made by who knows the token's hash.
 * @param {string} token
 * @param {Question} asked
 * @param {any} answer
 */
export async function holds(token, { word: ours, address }, answer) {
  if (!isWord(answer?.word) || !isWord(answer.proof) || answer.word === ours) return false;
  const key = await hmac(await crypto.subtle.sign('HMAC', await hmac(await hash(token)), bytes.encode(KEY)));
  const said = bytes.encode(['server', ours, answer.word, address].join('\n'));
  return crypto.subtle.verify('HMAC', key, decoded(answer.proof), said);
}

/** 256 random bits in the letters of an address. */
export function word() {
  const random = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...random)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @param {unknown} value */
export function isWord(value) {
  return typeof value === 'string' && WORD.test(value);
}

/**
 * The promise of a word that is told later.
 * @param {string} ours
 */
export async function commitment(ours) {
  return hex(await hash(ours));
}

/**
 * Six digits of both words and the address that was called.
 * @param {string} ours
 * @param {string} theirs
 * @param {string} address
 */
export async function code(ours, theirs, address) {
  const digest = new DataView(await hash([CODE, ours, theirs, address].join('\n')));
  const digits = String(digest.getBigUint64(0) % 1000000n).padStart(6, '0');
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}

/** @param {string} text */
function hash(text) {
  return crypto.subtle.digest('SHA-256', bytes.encode(text));
}

/** @param {ArrayBuffer} key */
function hmac(key) {
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

/** @param {ArrayBuffer} buffer */
function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} text */
function decoded(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}
