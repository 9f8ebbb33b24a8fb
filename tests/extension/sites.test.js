/** sites.json: every entry is complete, documented, and found for its pages alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXTENSION, fakeChrome, page, source } from './world.js';
import { readFileSync } from 'node:fs';

const sites = JSON.parse(source('sites.json'));
const documented = readFileSync(new URL('SITES.md', EXTENSION), 'utf8');
const CHANNELS = ['post', 'comment', 'message', 'mail', 'ai', 'upload'];
const AUDIENCES = ['public', 'friends', 'one person', 'ai service'];
const { covers } = await import('../../extension/background/sites.js');

test('ids are unique', () => {
  assert.equal(new Set(sites.map(({ id }) => id)).size, sites.length);
});

for (const site of sites) {
  test(`${site.id} is complete`, () => {
    for (const key of ['id', 'name', 'matches', 'boxes', 'send', 'enter', 'channel', 'audience', 'files']) assert.ok(key in site, key);
    for (const pattern of site.matches) assert.match(pattern, /^https?:\/\/(\*\.)?[a-z0-9.-]+\/\*$/);
    for (const box of site.boxes) {
      const kind = { ...site, ...box };
      assert.ok(kind.match);
      assert.ok(kind.send.length > 0, 'a send control');
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
