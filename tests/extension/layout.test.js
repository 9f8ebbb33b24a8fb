/** What must hold of the extension's files as a whole; adding a thing in one place is noticed here. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { CONTENT_SCRIPTS } from '../../extension/background/content_scripts.js';
import { EXTENSION, parses, source } from './world.js';

const files = readdirSync(EXTENSION, { recursive: true }).map(String).filter((path) => path.endsWith('.js'));
const code = files.map((path) => ({ path, text: source(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') }));
const manifest = JSON.parse(source('manifest.json'));

test('every content script is in the one list, once, and nothing else is', () => {
  const there = files.filter((path) => path.startsWith('content/')).sort();
  assert.deepEqual([...CONTENT_SCRIPTS].sort(), there);
});

test('a content script makes one noun, named like its file, and uses at load only those above it', () => {
  const above = new Set();
  for (const path of CONTENT_SCRIPTS) {
    const noun = path.replace('content/', '').replace('.js', '');
    assert.match(source(path), new RegExp(`^const ${noun} = `, 'm'));
    for (const [, used] of source(path).matchAll(/^ {2}(?:const \{.*\} = |)(\w+)(?:\.on\w*\(.*|;)$/gm)) {
      const known = CONTENT_SCRIPTS.includes(`content/${used}.js`);
      assert.ok(!known || above.has(used), `${path} uses ${used} before it is loaded`);
    }
    above.add(noun);
  }
});

test('only backend.js calls fetch, and nothing else reaches the network', () => {
  const callers = code.filter(({ text }) => /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts/.test(text));
  // page/outgoing.js stands around the page's own ways out, and takes none.
  assert.deepEqual(callers.map(({ path }) => path).filter((path) => path !== 'page/outgoing.js'), ['background/backend.js']);
});

test('nothing is made from markup or from strings of code', () => {
  const made = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTMLUnsafe|DOMParser/;
  assert.deepEqual(code.filter(({ text }) => made.test(text)).map(({ path }) => path), []);
});

test('no content script can name the token or read the storage', () => {
  const reach = /chrome\.storage|localStorage|sessionStorage|indexedDB|\btokens\b|\.token\b|Bearer|Authorization/;
  assert.deepEqual(code.filter(({ path, text }) => path.startsWith('content/') && reach.test(text)).map(({ path }) => path), []);
});

test('the shadow root is closed', () => {
  assert.match(source('content/surface.js'), /attachShadow\(\{ mode: 'closed' \}\)/);
});

test('the content scripts are classic scripts', () => {
  for (const path of CONTENT_SCRIPTS) assert.ok(parses(path));
});

test('the manifest asks for the sites and the own machine, and for nothing that a page could find the extension by', () => {
  const wanted = JSON.parse(source('sites.json')).filter(({ later }) => !later).flatMap(({ matches }) => matches);
  assert.deepEqual(new Set(manifest.host_permissions), new Set(wanted));
  assert.deepEqual(manifest.permissions, ['storage', 'scripting', 'activeTab']);
  assert.deepEqual(manifest.optional_host_permissions, ['https://*/*'], 'every further site is asked for by itself');
  for (const key of ['web_accessible_resources', 'externally_connectable', 'content_scripts']) assert.ok(!(key in manifest), key);
});

test('one manifest serves both browsers', () => {
  assert.equal(manifest.background.service_worker, 'background/main.js');
  assert.deepEqual(manifest.background.scripts, ['background/main.js']);
  assert.equal(manifest.message_serialization, 'structured_clone');
});

test('the worker registers its listeners at top level', () => {
  const lines = source('background/main.js').split('\n').filter((line) => line.includes('addListener'));
  assert.ok(lines.length >= 3);
  for (const line of lines) assert.match(line, /^chrome\./);
});

test('every icon that the manifest names is there', () => {
  const icons = readdirSync(new URL('icons/', EXTENSION));
  for (const path of [...Object.values(manifest.icons), ...Object.values(manifest.action.default_icon)]) assert.ok(icons.includes(path.replace('icons/', '')), path);
});
