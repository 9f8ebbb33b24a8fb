/** Every word of the interface is there in every language, and is used. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { LOCALES } from '../../extension/background/language.js';
import { EXTENSION, page, source } from './world.js';

const folders = readdirSync(new URL('_locales/', EXTENSION)).sort();
const tables = Object.fromEntries(folders.map((folder) => [folder, JSON.parse(source(`_locales/${folder}/messages.json`))]));
const everything = readdirSync(EXTENSION, { recursive: true }).map(String)
  .filter((path) => /\.(js|html|json)$/.test(path) && !path.startsWith('_locales')).map(source).join('\n');

test('the folders are the languages that the interface knows', () => {
  assert.deepEqual(folders, Object.values(LOCALES).sort());
});

for (const folder of folders) {
  test(`${folder} has the keys of en, each with words and the same placeholders`, () => {
    assert.deepEqual(Object.keys(tables[folder]), Object.keys(tables.en));
    for (const [key, { message }] of Object.entries(tables[folder])) {
      assert.ok(message.trim(), key);
      assert.deepEqual(new Set(message.match(/\$\d/g)), new Set(tables.en[key].message.match(/\$\d/g)), key);
    }
  });
}

test('Vietnamese and Chinese are not English', () => {
  const same = Object.keys(tables.en).filter((key) => /[a-z]{4}/.test(tables.en[key].message)
    && ['vi', 'zh_CN'].some((folder) => tables[folder][key].message === tables.en[key].message));
  assert.deepEqual(same, ['name']);
});

test('no word blames', () => {
  for (const { message } of Object.values(tables.en)) assert.doesNotMatch(message, /violat|forbidden|illegal|your fault|you must not/i);
});

test('every key is used somewhere, and every key that is used is there', () => {
  const composed = new Set(['blindBoxHelp', 'blindSendHelp', 'pickBoxHelp', 'pickSendHelp']);
  for (const key of Object.keys(tables.en)) assert.ok(composed.has(key) || new RegExp(`['"_]${key}(['"]|__)`).test(everything), `${key} is not used`);
  for (const [, key] of everything.matchAll(/\bsay\('(\w+)'/g)) assert.ok(key in tables.en, `${key} is missing`);
  for (const [, key] of everything.matchAll(/data-(?:say|label|placeholder)="(\w+)"/g)) assert.ok(key in tables.en, `${key} is missing`);
});

test('the audience is named, without a space between Chinese characters', () => {
  const { noun } = page('', ['words']);
  noun('words').learn('zh', Object.fromEntries(Object.entries(tables.zh_CN).map(([key, { message }]) => [key, message])));
  assert.equal(noun('words').audience('public', '微博'), '微博上的所有人');
  assert.equal(noun('words').audience('public', 'X'), 'X 上的所有人');
});

test('a script that outlived its extension can still say so', () => {
  const { window, noun } = page('', ['words']);
  window.chrome.runtime = undefined;
  window.chrome.i18n = undefined;
  assert.equal(noun('words').say('faultOrphaned'), tables.en.faultOrphaned.message);
});
