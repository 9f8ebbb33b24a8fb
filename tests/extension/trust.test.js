/** Two rings of trust: who may ask the worker what, decided by the sender alone. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { answerOf, fakeChrome, ID, proving, source } from './world.js';

const SERVER = 'http://127.0.0.1:8765';
const TOKEN = 'canary-token-7d1f';
/** @type {{url: string, init: any}[]} */
let requests = [];

globalThis.chrome = fakeChrome();
const { receive } = await import('../../extension/background/messages.js');
const state = await import('../../extension/background/state.js');

beforeEach(async () => {
  globalThis.chrome = fakeChrome();
  requests = [];
  await state.keepToken(SERVER, TOKEN);
  globalThis.fetch = proving(TOKEN, async (url, init) => {
    if (String(url).startsWith('chrome-extension:')) return Response.json(JSON.parse(source(String(url).split('/').slice(3).join('/'))));
    requests.push({ url: String(url), init });
    return answerOf('check-clear');
  });
});

/** @param {string} type @param {any} data @param {any} sender */
function ask(type, data, sender) {
  return new Promise((resolve) => receive({ type, data }, { id: ID, ...sender }, resolve));
}

const onX = { origin: 'https://x.com', url: 'https://x.com/home', tab: { id: 7, url: 'https://x.com/home' }, frameId: 0 };
const onTry = { origin: SERVER, url: `${SERVER}/welcome`, tab: { id: 8, url: `${SERVER}/welcome` }, frameId: 0 };
const options = { origin: `chrome-extension://${ID}`, url: `chrome-extension://${ID}/options/options.html`, tab: { id: 9 } };

test('a content script of a site may have a draft checked', async () => {
  const { value } = await ask('check', { text: 'hello', channel: 'post', audience: 'public', attachments: [] }, onX);
  assert.equal(value.level, 'clear');
  assert.equal(requests[0].url, `${SERVER}/v1/checks`);
  assert.equal(requests[0].init.headers.Authorization, `Bearer ${TOKEN}`);
});

test('the site of a draft is where the script runs, whatever it says', async () => {
  await ask('check', { text: 'hello', site: 'friendly.test' }, onX);
  assert.equal(JSON.parse(requests[0].init.body).site, 'x.com');
});

for (const type of ['overview', 'change', 'toggle_site', 'pair', 'pairing', 'unpair', 'words', 'add_server', 'remove_server', 'use_server', 'join', 'open_pages', 'pick', 'speak_again', 'forget_picks']) {
  test(`a content script may not ask for ${type}`, async () => {
    const { error } = await ask(type, { server: 'http://127.0.0.1:1' }, onX);
    assert.equal(error.kind, 'refused');
  });
}

test('the options page may ask for the overview, and is not told the token', async () => {
  const { value } = await ask('overview', {}, options);
  assert.equal(value.paired, true);
  assert.ok(!JSON.stringify(value).includes(TOKEN));
});

test('another extension is refused', async () => {
  assert.equal((await ask('check', { text: 'x' }, { ...onX, id: 'a'.repeat(32) })).error.kind, 'refused');
  assert.deepEqual(requests, []);
});

test('a page of no known site is refused', async () => {
  for (const origin of ['https://evil.test', 'https://x.com.evil.test', 'null', 'http://127.0.0.1:9999']) {
    const { error } = await ask('check', { text: 'x' }, { ...onX, origin, url: `${origin === 'null' ? 'about:blank' : origin + '/'}`, tab: { id: 1, url: 'https://evil.test/' } });
    assert.equal(error.kind, 'no_site', origin);
  }
  assert.deepEqual(requests, []);
});

test('only the page of the very server that is set may begin a pairing', async () => {
  assert.equal((await ask('welcome', { begin: true }, onX)).error.kind, 'refused');
  assert.deepEqual((await ask('welcome', {}, onTry)).value, { state: 'paired', code: '' });
});

test('no name of a built-in gets past the table', async () => {
  for (const type of ['constructor', '__proto__', 'toString', undefined]) assert.equal((await ask(type, {}, onX)).error.kind, 'refused');
});

test('no answer to a content script holds the token', async () => {
  for (const type of ['hello', 'ready', 'check', 'attachment', 'box', 'welcome']) {
    const answer = await ask(type, { id: 'a', text: 'x', readable: true, reason: '' }, onX);
    assert.ok(!JSON.stringify(answer).includes(TOKEN), type);
  }
});

test('both storage areas are closed to content scripts', async () => {
  await state.lock();
  assert.equal(chrome.storage.local.accessLevel, 'TRUSTED_CONTEXTS');
  assert.equal(chrome.storage.session.accessLevel, 'TRUSTED_CONTEXTS');
});

test('the token of one server is not sent to another', async () => {
  await ask('change', { server: 'http://127.0.0.1:9001' }, options);
  const { error } = await ask('check', { text: 'x' }, onX);
  assert.equal(error.kind, 'unpaired');
  assert.deepEqual(requests, []);
});

test('a server address that is neither on this machine nor permitted is not taken', async () => {
  chrome.permissions.granted = [];
  for (const server of ['https://evil.test', 'http://10.0.0.1:8765', 'file:///etc', 'nonsense', 'http://127.0.0.1.evil.test']) {
    assert.equal((await ask('change', { server }, options)).error.kind, 'address', server);
    assert.equal((await ask('add_server', { address: server, name: 'x' }, options)).error.kind, 'address', server);
  }
});

test('a token that the server refuses no longer counts as paired, until there is a new one', async () => {
  const answering = globalThis.fetch;
  globalThis.fetch = async (url, init) => (String(url).endsWith('/v1/checks') ? Response.json({}, { status: 401 }) : answering(url, init));
  assert.equal((await ask('check', { text: 'x' }, onX)).error.kind, 'token');
  assert.equal((await ask('overview', {}, options)).value.paired, false);
  await state.keepToken(SERVER, 'new');
  assert.equal((await ask('overview', {}, options)).value.paired, true);
});
