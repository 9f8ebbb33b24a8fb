/** Joining a team's server, who one is there, its pages, and leaving it; an administrator may preset it. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { answerOf, example, fakeChrome, ID, proving, source } from './world.js';

const OWN = 'http://127.0.0.1:8765';
const TEAM = 'https://team.example.org';
const CODE = '7K3M-9QXT-B2C4-D5E6';
const JOIN = example('join');
const TOKEN = JOIN.answer.json.token;
const [DEVICE] = example('tokens-own').answer.json.tokens;
const DEVICES = { tokens: [{ ...DEVICE, id: 'other', current: false }, { ...DEVICE, id: 'mine', role: 'member' }] };
const LINK = new URL(example('sign-in-link').answer.json.link);
/** @type {{path: string, method: string, sent: any, authorization: string | undefined}[]} */
let asked = [];
/** @type {Record<string, Response>} */
let answers = {};
/** @type {string[]} */
let opened = [];

globalThis.chrome = fakeChrome();
globalThis.navigator ??= /** @type {any} */ ({ userAgent: 'Chromium on Linux' });
const { receive } = await import('../../extension/background/messages.js');
const state = await import('../../extension/background/state.js');
const team = await import('../../extension/background/team.js');
const trust = await import('../../extension/background/trust.js');
const { forget: forgetPreset } = await import('../../extension/background/managed.js');

beforeEach(() => {
  globalThis.chrome = fakeChrome();
  chrome.tabs.create = async ({ url }) => void opened.push(url);
  forgetPreset();
  for (const server of [OWN, TEAM]) trust.doubt(server);
  [asked, opened] = [[], []];
  answers = {
    '/v1/joins': answerOf('join'), '/v1/people/me': answerOf('person-own'), '/v1/tokens': Response.json(DEVICES),
    '/v1/status': answerOf('status'), '/v1/sign-in/links': answerOf('sign-in-link'),
  };
  globalThis.fetch = proving({ [OWN]: 'own-token', [TEAM]: TOKEN }, async (url, init) => {
    if (String(url).startsWith('chrome-extension:')) return Response.json(JSON.parse(source(String(url).split('/').slice(3).join('/'))));
    const { pathname: path, origin } = new URL(url);
    asked.push({ path: origin + path, method: init.method, sent: init.body && JSON.parse(init.body), authorization: init.headers.Authorization });
    return answers[path]?.clone() ?? new Response(null, { status: 204 });
  });
});

/** @param {string} type @param {any} [data] */
async function ask(type, data = {}) {
  const sender = { id: ID, origin: `chrome-extension://${ID}`, url: `chrome-extension://${ID}/options/options.html`, tab: { id: 9 } };
  const { value, error } = await new Promise((resolve) => receive({ type, data }, sender, resolve));
  if (error) throw Object.assign(new Error(error.kind), error);
  return value;
}

test('who joins by a code has a key there, and the code went to that server alone', async () => {
  await ask('join', { address: `${TEAM}/join`, code: ` ${CODE} ` });
  assert.deepEqual(asked.map(({ path, sent, authorization }) => [path, sent, authorization]), [[`${TEAM}/v1/joins`, { ...JOIN.request.json, code: CODE }, undefined]]);
  assert.equal(await state.token(TEAM), TOKEN);
  const { server, servers } = await state.settings();
  assert.equal(server, TEAM, 'no other server was connected');
  assert.ok(servers.some(({ address, name }) => address === TEAM && name === 'team.example.org'));
});

test('a server of one\'s own stays in use beside the team\'s', async () => {
  await state.keepToken(OWN, 'own-token');
  await ask('join', { address: TEAM, code: CODE });
  const { server, servers } = await state.settings();
  assert.equal(server, OWN);
  assert.deepEqual(servers.map(({ address }) => address).sort(), [OWN, TEAM].sort());
});

test('a code that opens nothing changes nothing', async () => {
  answers['/v1/joins'] = answerOf('join-wrong-code');
  await assert.rejects(ask('join', { address: TEAM, code: CODE }), { kind: 'code' });
  assert.equal(await state.token(TEAM), '');
  assert.deepEqual((await state.settings()).servers, []);
});

test('what cannot be a code, or no server by https that is permitted, is not sent anywhere', async () => {
  await assert.rejects(ask('join', { address: TEAM, code: '?' }), { kind: 'code' });
  chrome.permissions.granted = [];
  for (const address of [TEAM, 'http://10.0.0.1', 'javascript:1']) await assert.rejects(ask('join', { address, code: CODE }), { kind: 'address' });
  assert.deepEqual(asked, []);
});

test('the settings say who one is there, by the role of the device', async () => {
  await ask('join', { address: TEAM, code: CODE });
  const { servers } = await ask('overview');
  const { account } = servers.find(({ address }) => address === TEAM);
  assert.deepEqual(account, { name: 'An', role: 'member', device: DEVICE.name, expires: DEVICE.expires });
});

test('on one person\'s own server there is nobody to be', async () => {
  await state.keepToken(OWN, 'own-token');
  answers['/v1/people/me'] = answerOf('person-own-alone');
  assert.equal((await ask('overview')).servers[0].account, null);
});

test('the team\'s pages are opened at the server itself, whatever address the link names', async () => {
  await ask('join', { address: TEAM, code: CODE });
  await ask('open_pages', { server: TEAM });
  assert.notEqual(LINK.origin, TEAM);
  assert.deepEqual(opened, [`${TEAM}/settings${LINK.search}`]);
  await assert.rejects(ask('open_pages', { server: 'https://elsewhere.example' }), { kind: 'address' });
});

test('leaving revokes this device there, and no other, and forgets it here', async () => {
  await state.keepToken(OWN, 'own-token');
  await ask('join', { address: TEAM, code: CODE });
  assert.deepEqual(await ask('remove_server', { address: TEAM }), { told: true });
  assert.deepEqual(asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path), [`${TEAM}/v1/tokens/mine`]);
  assert.equal(await state.token(TEAM), '');
});

test('where the server cannot be told, the key is forgotten all the same, and the person learns it', async () => {
  await ask('join', { address: TEAM, code: CODE });
  globalThis.fetch = async () => { throw new TypeError('Failed to fetch'); };
  assert.deepEqual(await ask('unpair', { server: TEAM }), { told: false });
  assert.equal(await state.token(TEAM), '');
});

test('a browser joins by itself where server and code are preset, once', async () => {
  chrome.storage.managed.kept = { server: TEAM, joinCode: CODE };
  await team.joinPreset();
  assert.equal(await state.token(TEAM), TOKEN);
  await team.joinPreset();
  assert.equal(asked.length, 1);
});

test('a preset code goes to no server but the preset one', async () => {
  chrome.storage.managed.kept = { joinCode: CODE };
  await team.joinPreset();
  assert.deepEqual(asked, []);
});
