/** Cutting a text into runs that are marked and runs that are not. No page is needed for it. */

/** @typedef {{ part: string, start?: number | null, end?: number | null, page?: number | null, box?: number[] | null }} Place */
/**
 * @typedef {{ rule: string, category: string, level: string, score: number, title: string, reason: string, advice: string,
 *   places: Place[], remedies: string[] }} Finding
 */
/** @typedef {{ part: string, reason: string, message: string }} Gap */
/** @typedef {{ id: string, level: string, score: number, findings: Finding[], gaps: Gap[], observed?: Finding[] }} Verdict */
/** @typedef {{ text: string, level: string }} Run `level` is empty where nothing is marked */

const LOUDNESS = ['clear', 'note', 'warn', 'stop'];

/**
 * The runs of a text; where findings overlap, the loudest one gives the mark.
 * Offsets count UTF-16 code units, as JavaScript's own strings do.
 * @param {string} text
 * @param {Finding[]} findings
 * @returns {Run[]}
 */
export function runs(text, findings) {
  const spans = spansIn(text, findings);
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  /** @type {Run[]} */
  const found = [];
  cuts.slice(1).forEach((end, index) => {
    const start = cuts[index];
    const level = loudest(spans.filter((span) => span.start <= start && end <= span.end).map((span) => span.level));
    const last = found.at(-1);
    if (last && last.level === level) last.text += text.slice(start, end);
    else found.push({ text: text.slice(start, end), level });
  });
  return found;
}

/**
 * @param {string} text
 * @param {Finding[]} findings
 */
function spansIn(text, findings) {
  return findings.flatMap(({ level, places }) => places
    .filter(({ part, start, end }) => part === 'text' && start != null && end != null)
    .map(({ start, end }) => ({ level, start: Math.max(0, start ?? 0), end: Math.min(text.length, end ?? 0) }))
    .filter(({ start, end }) => start < end));
}

/**
 * @param {string[]} levels
 * @returns {string} empty for no levels
 */
export function loudest(levels) {
  return levels.reduce((best, level) => (LOUDNESS.indexOf(level) > LOUDNESS.indexOf(best) ? level : best), '');
}

/**
 * The boxes to draw on one attachment, each with the finding it belongs to.
 * @param {string} part the attachment's id
 * @param {Finding[]} findings
 */
export function boxesOn(part, findings) {
  return findings.flatMap(({ level, title, places }) => places
    .filter((place) => place.part === part && place.box)
    .map((place) => ({ level, title, box: /** @type {number[]} */ (place.box) })));
}
