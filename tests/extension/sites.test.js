/** sites.json: every entry is complete, documented, and found for its pages alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXTENSION, fakeChrome, page, source } from './world.js';
import { readFileSync } from 'node:fs';

const sites = JSON.parse(source('sites.json'));
const documented = readFileSync(new URL('SITES.md', EXTENSION), 'utf8');
const CHANNELS = ['post', 'comment', 'message', 'mail', 'ai', 'upload'];
const AUDIENCES = ['public', 'friends', 'one person', 'ai service', 'mail'];
const { covers } = await import('../../extension/background/sites.js');

test('ids are unique', () => {
  assert.equal(new Set(sites.map(({ id }) => id)).size, sites.length);
});

test('at least forty sites are known', () => {
  assert.ok(sites.filter(({ matches }) => matches.length).length >= 42);
});

test('every verb that an entry names is known in many languages', () => {
  const { noun } = page('', ['verbs']);
  const named = new Set(sites.flatMap((site) => [site, ...site.boxes]).flatMap(({ verbs = [] }) => verbs));
  for (const verb of named) assert.ok(noun('verbs').all.includes(verb), verb);
});

for (const site of sites) {
  test(`${site.id} is complete`, () => {
    for (const key of ['id', 'name', 'matches', 'boxes', 'send', 'enter', 'channel', 'audience', 'files']) assert.ok(key in site, key);
    for (const pattern of site.matches) assert.match(pattern, /^https?:\/\/(\*\.)?[a-z0-9.-]+\/\*$/);
    for (const box of site.boxes) {
      const kind = { ...site, ...box };
      assert.ok(kind.match);
      assert.ok(kind.send.length > 0 || kind.verbs.length > 0, 'a send control');
      assert.ok(['send', 'newline', 'ctrl'].includes(kind.enter));
      assert.ok(CHANNELS.includes(kind.channel));
      assert.ok(AUDIENCES.includes(kind.audience));
      assert.ok(['with-send', 'at-once'].includes(kind.files));
    }
  });

  test(`${site.id} is documented`, () => assert.match(documented, new RegExp(`^## ${site.name} \\(\`${site.id}\`\\)`, 'm')));

  test(`every selector of ${site.id} is valid`, () => {
    const { window } = page('', []);
    const selectors = [...site.send, ...site.boxes.flatMap((box) => [box.match, box.group, ...(box.send ?? [])])].filter(Boolean);
    for (const selector of selectors) assert.doesNotThrow(() => window.document.querySelector(selector), selector);
  });
}

/** @type {[pattern: string, origin: string, covered: boolean][]} */
const ORIGINS = [
  ['https://x.com/*', 'https://x.com', true],
  ['https://x.com/*', 'http://x.com', false],
  ['https://x.com/*', 'https://notx.com', false],
  ['https://x.com/*', 'https://x.com.evil.test', false],
  ['https://*.facebook.com/*', 'https://www.facebook.com', true],
  ['https://*.facebook.com/*', 'https://facebook.com', true],
  ['https://*.facebook.com/*', 'https://evilfacebook.com', false],
  ['http://127.0.0.1/*', 'http://127.0.0.1:8765', true],
];
for (const [pattern, origin, covered] of ORIGINS) {
  test(`${pattern} ${covered ? 'covers' : 'does not cover'} ${origin}`, () => assert.equal(covers(pattern, origin), covered));
}

test('a site that is switched off is not registered', async () => {
  globalThis.chrome = fakeChrome();
  globalThis.fetch = async (url) => Response.json(JSON.parse(source(String(url).split(`/`).slice(3).join('/'))));
  const { register } = await import('../../extension/background/sites.js');
  await chrome.storage.local.set({ settings: { sitesOff: ['x'] } });
  await register();
  const ids = chrome.scripting.registered.map(({ id }) => id);
  assert.ok(ids.includes('site-facebook') && !ids.includes('site-x'));
  for (const script of chrome.scripting.registered) {
    assert.deepEqual([script.runAt, script.allFrames, script.matchOriginAsFallback], ['document_start', true, true]);
  }
});

/** @type {[html: string, verb: string, says: boolean][]} */
const BUTTONS = [
  ['<button>Post</button>', 'post', true],
  ['<div role="button"><span> Đăng </span></div>', 'post', true],
  ['<div role="button" aria-label="发送"><svg></svg></div>', 'send', true],
  ['<input type="submit" value="Responder">', 'reply', true],
  ['<button>Post settings</button>', 'post', false],
  ['<button>Send</button>', 'post', false],
  ['<div>Post</div>', 'post', false],
];
for (const [html, verb, says] of BUTTONS) {
  test(`${html} ${says ? 'says' : 'does not say'} ${verb}`, () => {
    const { window, noun } = page(html, ['verbs']);
    assert.equal(noun('verbs').says(window.document.body.firstChild, [verb]), says);
  });
}

test('a site that the person added is told by its permission alone, and gives it back when it is switched off', async () => {
  globalThis.chrome = fakeChrome();
  const listed = sites.filter(({ later }) => !later).flatMap(({ matches }) => matches);
  chrome.permissions.granted = [...listed, 'https://forum.example/*', 'https://*/*'];
  globalThis.fetch = async (url) => Response.json(JSON.parse(source(String(url).split('/').slice(3).join('/'))));
  const { all, entryOf, toggle } = await import('../../extension/background/sites.js');
  assert.deepEqual((await all(true)).filter(({ added }) => added).map(({ id }) => id), ['forum.example']);
  assert.equal((await entryOf('https://forum.example')).id, 'forum.example');
  await toggle('forum.example', false);
  assert.ok(!chrome.permissions.granted.includes('https://forum.example/*'));
  assert.equal(await entryOf('https://forum.example'), null);
});

/** @type {[html: string, fits: boolean, enter: string][]} */
const GUESSES = [
  ['<textarea aria-label="Your story"></textarea>', true, 'ctrl'],
  ['<textarea placeholder="Message the team" style="height: 40px"></textarea>', true, 'send'],
  ['<textarea enterkeyhint="send"></textarea>', true, 'send'],
  ['<textarea placeholder="Search"></textarea>', false, ''],
  ['<div role="search"><textarea></textarea></div>', false, ''],
  ['<textarea readonly></textarea>', false, ''],
];
for (const [html, fits, enter] of GUESSES) {
  test(`${html} on an unknown site ${fits ? `is a box; Enter: ${enter}` : 'is no box'}`, () => {
    const { window, noun } = page(html, ['guess']);
    const box = window.document.querySelector('textarea');
    box.getBoundingClientRect = () => ({ width: 500, height: box.placeholder.startsWith('Message') ? 40 : 200 });
    assert.equal(noun('guess').fits(box), fits);
    if (fits) assert.equal(noun('guess').tune({ enter: 'ctrl' }, box).enter, enter);
  });
}
