/** When no verdict can be had, the kind of the fault is told, and there are words for it. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeChrome, page, proving, source } from './world.js';

globalThis.chrome = fakeChrome();
const { ask, BackendError } = await import('../../extension/background/backend.js');
const content = await import('../../extension/background/content_handlers.js');
const state = await import('../../extension/background/state.js');
const SERVER = 'http://127.0.0.1:8765';
const PAGE = { site: JSON.parse(source('sites.json'))[1], origin: 'https://x.com', tabId: 1, frameId: 0 };
const words = JSON.parse(source('_locales/en/messages.json'));

beforeEach(async () => {
  globalThis.chrome = fakeChrome();
  await state.keepToken(SERVER, 'token');
});

/** @param {() => Promise<Response>} answer @param {string} kind */
async function fails(answer, kind) {
  globalThis.fetch = proving('token', answer);
  await assert.rejects(content.check({ text: 'x' }, PAGE), (error) => error instanceof BackendError && error.kind === kind);
}

const problem = (status, name = 'x') => async () => Response.json({ type: `urn:secondlook:problem:${name}`, title: 'no' }, { status });

test('a stopped server', () => fails(async () => { throw new TypeError('Failed to fetch'); }, 'stopped'));
test('a slow server', () => fails(async () => { throw new DOMException('', 'TimeoutError'); }, 'slow'));
test('a token that is not known', () => fails(problem(401, 'wrong_token'), 'token'));
test('an old server without checks', () => fails(problem(404, 'not_found'), 'old'));
test('a foreign server that answers with a page', () => fails(async () => new Response('<html>'), 'foreign'));
test('an answer without a level', () => fails(async () => Response.json({ ok: true }), 'old'));
test('an error inside the server', () => fails(problem(500, 'broken'), 'failed'));
test('too much at once', () => fails(problem(429, 'too_many'), 'busy'));
test('a draft that is too long', () => fails(problem(413, 'too_large'), 'too_large'));
test('an attachment that the server has forgotten', () => fails(problem(422, 'attachment_unknown'), 'lost'));

test('an extension that is not paired asks nobody', async () => {
  await state.keepToken(SERVER, '');
  await fails(async () => assert.fail('a request went out'), 'unpaired');
});

test('a paused site asks nobody', async () => {
  await state.change({ pausedUntil: Date.now() + 60000 });
  await fails(async () => assert.fail('a request went out'), 'paused');
});

test('redirects are not followed, and no cookie goes along', async () => {
  globalThis.fetch = async (_url, init) => {
    assert.equal(init.redirect, 'error');
    assert.equal(init.credentials, 'omit');
    return Response.json({});
  };
  await ask('/v1/status');
});

test('what the server says about a draft does not become the words that are shown', async () => {
  const { noun } = page('', ['words', 'faults']);
  noun('words').learn('en', Object.fromEntries(Object.entries(words).map(([key, { message }]) => [key, message])));
  for (const kind of ['unpaired', 'stopped', 'slow', 'token', 'old', 'foreign', 'failed', 'busy', 'too_large', 'unreadable', 'refused', 'lost', 'orphaned', 'worker', 'unproven', 'unreachable']) {
    const said = noun('faults').message({ kind, detail: 'DETAIL' });
    assert.ok(said.length > 30 && !said.includes('DETAIL') && !said.startsWith('fault'), kind);
  }
});
