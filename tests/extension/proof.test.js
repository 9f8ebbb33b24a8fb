/** A server proves itself before it is told anything; who cannot gets neither the token nor a draft. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { fakeChrome, prove, source } from './world.js';

const SERVER = 'http://127.0.0.1:8765';
const TOKEN = 'canary-token-7d1f';
const DRAFT = 'canary-draft-93ab';
const PAGE = { site: JSON.parse(source('sites.json'))[1], origin: 'https://x.com', tabId: 1, frameId: 0 };
const VECTORS = JSON.parse(readFileSync(new URL('../contract/vectors/proofs.json', import.meta.url), 'utf8'));

globalThis.chrome = fakeChrome();
globalThis.navigator ??= /** @type {any} */ ({ userAgent: 'Chromium on Linux' });
const proof = await import('../../extension/background/proof.js');
const trust = await import('../../extension/background/trust.js');
const content = await import('../../extension/background/content_handlers.js');
const pairing = await import('../../extension/background/pairing.js');
const state = await import('../../extension/background/state.js');

/** All that went over the line, as one text. */
let line = '';
/** @type {string[]} */
let paths = [];

beforeEach(async () => {
  mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
  globalThis.chrome = fakeChrome();
  trust.doubt(SERVER);
  [line, paths] = ['', []];
  await state.keepToken(SERVER, TOKEN);
});
afterEach(() => mock.timers.reset());

/** @param {(path: string, json: any) => any} answer what stands at the address */
function standing(answer) {
  globalThis.fetch = async (url, init) => {
    line += JSON.stringify([url, init]);
    paths.push(new URL(url).pathname);
    const given = answer(new URL(url).pathname, init.body ? JSON.parse(init.body) : null);
    return given instanceof Response ? given : Response.json(given);
  };
}

/** The next turns of the loop, until a proof that is renewed beside the requests has been asked for. */
async function renewed() {
  while (paths.filter((path) => path === '/v1/proofs').length < 2) await new Promise((resolve) => setImmediate(resolve));
}

const genuine = (path, json) => (path === '/v1/proofs' ? prove(TOKEN, json) : { id: 'v', level: 'clear', score: 0, findings: [], gaps: [] });
const check = () => content.check({ text: DRAFT, channel: 'post', audience: 'public', attachments: [] }, PAGE);

/** @param {string} kind */
async function getsNothing(kind = 'unproven') {
  await assert.rejects(check(), { kind });
  const hash = createHash('sha256').update(TOKEN).digest('hex');
  for (const secret of [TOKEN, DRAFT, hash, hash.slice(16, 32)]) assert.ok(!line.includes(secret), secret);
}

for (const vector of VECTORS.proofs) {
  test(`the proof of the backend is understood: ${vector.address}`, async () => {
    const { selector, theirs, ours, address } = vector;
    assert.equal((await proof.question(vector.token, address)).token, selector);
    const asked = { token: selector, word: theirs, address };
    assert.ok(await proof.holds(vector.token, asked, { word: ours, proof: vector.proof }));
    assert.ok(!(await proof.holds('another', asked, { word: ours, proof: vector.proof })));
    assert.ok(!(await proof.holds(vector.token, { ...asked, address: 'http://127.0.0.1:1' }, { word: ours, proof: vector.proof })));
    assert.ok(!(await proof.holds(vector.token, asked, { word: proof.word(), proof: vector.proof })));
  });
}

for (const { theirs, commitment, ours, address, code } of VECTORS.codes) {
  test(`both halves show the same code: ${code}`, async () => {
    assert.equal(await proof.code(theirs, ours, address), code);
    assert.equal(await proof.commitment(theirs), commitment);
  });
}

test('words are fresh and have the form of one', () => {
  const made = new Set(Array.from({ length: 500 }, proof.word));
  assert.equal(made.size, 500);
  assert.ok([...made].every(proof.isWord));
});

test('a server that knows the token gets the draft, after its proof', async () => {
  standing(genuine);
  assert.equal((await check()).level, 'clear');
  assert.deepEqual(paths, ['/v1/proofs', '/v1/checks']);
});

test('an impostor gets nothing', async () => {
  standing((path, json) => (path === '/v1/proofs' ? prove('a guess', json) : genuine(path, json)));
  await getsNothing();
});

test('a proof that was heard before, for another word, is no proof', async () => {
  const heard = prove(TOKEN, { word: proof.word(), address: SERVER });
  standing(() => heard);
  await getsNothing();
});

test('a question that is turned back is no proof', async () => {
  standing((_path, json) => ({ word: json?.word, proof: json?.word }));
  await getsNothing();
});

test('a proof for another address, which is passed on, is no proof', async () => {
  standing((path, json) => (path === '/v1/proofs' ? prove(TOKEN, { ...json, address: 'http://127.0.0.1:8766' }) : {}));
  await getsNothing();
});

for (const [what, answer] of Object.entries({
  nothing: null, 'a list': [], 'an error': Response.json({}, { status: 500 }), 'a refusal': Response.json({}, { status: 403 }),
  'a page': new Response('<html>'), 'a clear verdict': { level: 'clear', findings: [], gaps: [] },
})) {
  test(`who answers the question with ${what} gets nothing`, async () => {
    standing(() => (answer instanceof Response ? answer.clone() : answer));
    await getsNothing();
  });
}

test('what is not there is called foreign, and an older server old', async () => {
  standing(() => Response.json({}, { status: 404 }));
  await getsNothing('foreign');
  trust.doubt(SERVER);
  standing((path) => (path === '/v1/status' ? { name: 'Second Look' } : Response.json({}, { status: 404 })));
  await getsNothing('old');
});

test('one proof serves the requests of half a minute, and is renewed beside them', async () => {
  standing(genuine);
  await check();
  mock.timers.tick(5_000);
  await check();
  assert.deepEqual(paths, ['/v1/proofs', '/v1/checks', '/v1/checks']);
  mock.timers.tick(10_000);
  await check();
  await renewed();
  assert.equal(paths.filter((path) => path === '/v1/proofs').length, 2);
  mock.timers.tick(31_000);
  paths = [];
  await check();
  assert.deepEqual(paths, ['/v1/proofs', '/v1/checks']);
});

test('after a connection that failed the server proves itself again', async () => {
  standing(genuine);
  await check();
  standing(() => { throw new TypeError('Failed to fetch'); });
  await assert.rejects(check(), { kind: 'stopped' });
  standing((path, json) => (path === '/v1/proofs' ? prove('a guess', json) : genuine(path, json)));
  line = '';
  await getsNothing();
});

test('who took the place while a proof is renewed is found out', async () => {
  standing(genuine);
  await check();
  mock.timers.tick(15_000);
  standing((path, json) => (path === '/v1/proofs' ? prove('a guess', json) : genuine(path, json)));
  await check();
  await renewed();
  while (await check().then(() => true, () => false)) await new Promise((resolve) => setImmediate(resolve));
  line = '';
  await getsNothing();
});

test('a good server is believed again soon after a false one', async () => {
  standing((path, json) => prove('a guess', json));
  await getsNothing();
  standing(genuine);
  await assert.rejects(check(), { kind: 'unproven' });
  mock.timers.tick(4000);
  assert.equal((await check()).level, 'clear');
});

test('when the person begins to write, the proof is had before the draft', async () => {
  standing(genuine);
  await content.ready({}, PAGE);
  paths = [];
  await check();
  assert.deepEqual(paths, ['/v1/checks']);
});

test('a server by https that cannot be reached is told so, and not as one on this machine', async () => {
  await state.change({ server: 'https://team.example.org' });
  await state.keepToken('https://team.example.org', TOKEN);
  standing(() => { throw new TypeError('Failed to fetch'); });
  await getsNothing('unreachable');
});

test('the word of a pairing is told only when the server has told its own', async () => {
  await state.keepToken(SERVER, '');
  const theirs = proof.word();
  /** @type {any[]} */
  const told = [];
  standing((path, json) => {
    told.push([path, json]);
    if (path === '/v1/pairings') return { id: 'abc', secret: theirs, expires_in: 120 };
    return path.endsWith('/code') ? new Response(null, { status: 204 }) : { state: 'refused' };
  });
  const { code } = await pairing.begin(SERVER);
  const [[, begun], [path, told2]] = told;
  assert.deepEqual([path, told2.address], ['/v1/pairings/abc/code', SERVER]);
  assert.equal(begun.commitment, await proof.commitment(told2.word));
  assert.equal(code, await proof.code(told2.word, theirs, SERVER));
  assert.ok(!JSON.stringify(begun).includes(told2.word));
});

test('who sends a code instead of a word pairs nothing', async () => {
  await state.keepToken(SERVER, '');
  standing(() => ({ id: 'abc', code: '123 456', secret: 'short', expires_in: 120 }));
  await assert.rejects(pairing.begin(SERVER), { kind: 'old' });
  assert.deepEqual(paths, ['/v1/pairings']);
});
