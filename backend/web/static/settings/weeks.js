/** Weeks and what is counted in them. No page is needed for it. */

const DAY_MS = 86_400_000;

/**
 * The Mondays of the last weeks, the oldest first.
 * @param {Date} now
 * @param {number} count
 * @returns {string[]}
 */
export function mondays(now, count) {
  const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
  const last = mondayBefore(today);
  return Array.from({ length: count }, (_, index) => isoOf(new Date(last.getTime() - (count - 1 - index) * 7 * DAY_MS)));
}

/** @param {Date} day */
function mondayBefore(day) {
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS);
}

/** @param {Date} day */
function isoOf(day) {
  return day.toISOString().slice(0, 10);
}

/**
 * Add up what belongs together.
 * @param {{ week: string, key: string, count: number }[]} counted
 * @returns {Map<string, Map<string, number>>} by week, then by key
 */
export function share(counted) {
  /** @type {Map<string, Map<string, number>>} */
  const found = new Map();
  for (const { week, key, count } of counted) {
    const sums = found.get(week) ?? new Map();
    sums.set(key, (sums.get(key) ?? 0) + count);
    found.set(week, sums);
  }
  return found;
}
