/** "Not useful" quietens for this person; no word of a draft is kept; an administrator's presets hold. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { fakeChrome, ID, proving, source } from './world.js';

const SERVER = 'http://127.0.0.1:8765';
const TEAM = 'https://team.example';
const TEXT = 'Project Heron starts on Monday';
const HERON = { part: 'text', start: 8, end: 13 };
let asked = [];
let finding = {};

globalThis.chrome = fakeChrome();
const { receive } = await import('../../extension/background/messages.js');
const state = await import('../../extension/background/state.js');
const { forget: forgetPreset } = await import('../../extension/background/managed.js');

beforeEach(async () => {
  globalThis.chrome = fakeChrome();
  asked = [];
  finding = { rule: 'list.1', category: 'list', level: 'stop', score: 90, title: 'On your list', places: [HERON], remedies: [] };
  await state.keepToken(SERVER, 'own-token');
  globalThis.fetch = proving({ [SERVER]: 'own-token', [TEAM]: 'team-token' }, async (url, init) => {
    if (String(url).startsWith('chrome-extension:')) return Response.json(JSON.parse(source(String(url).split('/').slice(3).join('/'))));
    asked.push({ url: String(url), init });
    return Response.json({ id: 'v', level: finding.level, score: 90, findings: [finding], gaps: [{ part: 'a', reason: 'encrypted' }] });
  });
});

/** @param {string} type @param {any} data @param {any} [sender] */
async function ask(type, data, sender = onX) {
  const { value, error } = await new Promise((resolve) => receive({ type, data }, { id: ID, ...sender }, resolve));
  if (error) throw Object.assign(new Error(error.kind), error);
  return value;
}

const onX = { origin: 'https://x.com', url: 'https://x.com/home', tab: { id: 7, url: 'https://x.com/home' }, frameId: 0 };
const onWeibo = { origin: 'https://weibo.com', url: 'https://weibo.com/', tab: { id: 8, url: 'https://weibo.com/' }, frameId: 0 };
const options = { origin: `chrome-extension://${ID}`, url: `chrome-extension://${ID}/options/options.html` };
const check = (sender = onX, text = TEXT) => ask('check', { text, channel: 'post', audience: 'public', attachments: [] }, sender);

test('each "not useful" lets a rule speak one level lower, until it is silent', async () => {
  const levels = [];
  for (let press = 0; press < 4; press++) {
    levels.push((await check()).level);
    await ask('quieten', { rule: 'list.1', title: 'On your list' });
  }
  assert.deepEqual(levels, ['stop', 'warn', 'note', 'clear']);
});

test('a gap is never quietened', async () => {
  for (let press = 0; press < 3; press++) await ask('quieten', { rule: 'list.1', title: '' });
  assert.deepEqual((await check()).gaps.map(({ reason }) => reason), ['encrypted']);
});

test('"never for these words here" holds for these words, here alone, in any case and width', async () => {
  await ask('quieten', { rule: 'list.1', title: '', words: ['Heron'] });
  assert.equal((await check()).level, 'clear');
  assert.equal((await check(onX, 'Project HERON starts on Monday')).level, 'clear');
  assert.equal((await check(onX, 'Project Eagle starts on Monday')).level, 'stop');
  assert.equal((await check(onWeibo)).level, 'stop');
});

test('of a finding in two places the other place is still told', async () => {
  finding.places = [HERON, { part: 'text', start: 24, end: 30 }];
  await ask('quieten', { rule: 'list.1', title: '', words: ['Heron'] });
  assert.deepEqual((await check()).findings[0].places, [finding.places[1]]);
});

test('no word of the draft is kept, nor a fingerprint that can be tried without the key', async () => {
  await ask('quieten', { rule: 'list.1', title: 'On your list', words: ['Heron'] });
  const { words, key } = chrome.storage.local.kept.quiet;
  assert.ok(!/heron/i.test(JSON.stringify(chrome.storage.local.kept)));
  assert.equal(key.length, 64);
  await ask('speak_again', {}, options);
  await ask('quieten', { rule: 'list.1', title: '', words: ['Heron'] });
  assert.notDeepEqual(chrome.storage.local.kept.quiet.words, words);
});

test('the settings list what was quietened, and bring it back', async () => {
  await ask('quieten', { rule: 'list.1', title: 'On your list' });
  assert.deepEqual((await ask('overview', {}, options)).quiet, { rules: [{ rule: 'list.1', title: 'On your list', steps: 1 }], words: 0 });
  await ask('speak_again', { rule: 'list.1' }, options);
  assert.equal((await check()).level, 'stop');
});

test('an administrator may keep findings from being quietened, pauses from being made, and chats from being read', async () => {
  await ask('quieten', { rule: 'list.1', title: '' });
  await ask('change', { chats: true }, options);
  await ask('pause', { minutes: 15 }, options);
  chrome.storage.managed.kept = { mayQuieten: false, mayPause: false, mayReadChats: false };
  forgetPreset();
  assert.equal((await check()).level, 'stop');
  await assert.rejects(ask('pause', { minutes: 15 }, options), { kind: 'refused' });
  assert.equal((await ask('overview', {}, options)).settings.chats, false);
});

test('an administrator presets server and sites, and the person cannot change them', async () => {
  chrome.storage.managed.kept = { server: TEAM, sitesNever: ['weibo'], sitesAlways: ['x'] };
  await state.keepToken(TEAM, 'team-token');
  await check();
  assert.equal(asked[0].url, `${TEAM}/v1/checks`);
  assert.equal(asked[0].init.headers.Authorization, 'Bearer team-token');
  await assert.rejects(check(onWeibo), { kind: 'no_site' });
  await assert.rejects(ask('toggle_site', { id: 'x', on: false }, options), { kind: 'refused' });
  await assert.rejects(ask('toggle_site', { id: 'weibo', on: true }, options), { kind: 'refused' });
  await assert.rejects(ask('change', { server: SERVER }, options), { kind: 'refused' });
});

test('a preset without its right shape is left alone', async () => {
  chrome.storage.managed.kept = { server: 'javascript:alert(1)', sitesNever: 'x', mayPause: 'no' };
  assert.deepEqual((await ask('overview', {}, options)).settings.preset, {});
});

test('a draft goes to the server in use, or to the one chosen for its site, each with its own token', async () => {
  await ask('add_server', { address: TEAM, name: 'My team' }, options);
  await state.keepToken(TEAM, 'team-token');
  await ask('use_server', { address: TEAM, site: 'weibo' }, options);
  await check();
  await check(onWeibo);
  assert.deepEqual(asked.map(({ url, init }) => [url, init.headers.Authorization]), [
    [`${SERVER}/v1/checks`, 'Bearer own-token'], [`${TEAM}/v1/checks`, 'Bearer team-token'],
  ]);
});

test('a server that is removed loses its token and its sites, and the last one stays', async () => {
  await ask('add_server', { address: TEAM, name: '' }, options);
  await state.keepToken(TEAM, 'team-token');
  await ask('use_server', { address: TEAM, site: 'x' }, options);
  await ask('remove_server', { address: TEAM }, options);
  assert.equal(await state.token(TEAM), '');
  await check();
  assert.equal(asked.at(-1).url, `${SERVER}/v1/checks`);
  await assert.rejects(ask('remove_server', { address: SERVER }, options), { kind: 'refused' });
});

test('a box that was shown by clicking comes first, and only selectors of sane length are kept', async () => {
  await ask('picked', { match: 'div.editor', send: 'button.go', enter: 'ctrl' });
  assert.deepEqual((await ask('hello', {})).site.boxes[0], { match: 'div.editor', picked: true, enter: 'ctrl', send: ['button.go'] });
  for (const bad of [{ match: '', send: '', enter: 'ctrl' }, { match: 'a'.repeat(401), send: '', enter: 'ctrl' }, { match: 'a', send: '', enter: 'x' }]) {
    await assert.rejects(ask('picked', bad), { kind: 'refused' });
  }
  await ask('forget_picks', { site: 'x' }, options);
  assert.notEqual((await ask('hello', {})).site.boxes[0].picked, true);
});
