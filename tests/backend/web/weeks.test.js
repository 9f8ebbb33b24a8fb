import assert from 'node:assert/strict';
import test from 'node:test';
import { mondays, share } from '../../../backend/web/static/settings/weeks.js';

test('a week begins on its Monday, also over the new year', () => {
  assert.deepEqual(mondays(new Date(2026, 10, 23), 1), ['2026-11-23']);
  assert.deepEqual(mondays(new Date(2026, 10, 29), 1), ['2026-11-23']);
  assert.deepEqual(mondays(new Date(2027, 0, 1), 1), ['2026-12-28']);
});

test('the last weeks come oldest first and end with this one', () => {
  assert.deepEqual(mondays(new Date(2026, 10, 24, 23, 59), 3), ['2026-11-09', '2026-11-16', '2026-11-23']);
  assert.deepEqual(mondays(new Date(2026, 10, 22, 0, 1), 1), ['2026-11-16']);
});

test('counts of one week and key are added up', () => {
  const found = share([
    { week: 'a', key: 'sent', count: 2 },
    { week: 'a', key: 'sent', count: 3 },
    { week: 'b', key: 'edited', count: 1 },
  ]);
  assert.deepEqual([...(found.get('a') ?? [])], [['sent', 5]]);
  assert.deepEqual([...(found.get('b') ?? [])], [['edited', 1]]);
});
