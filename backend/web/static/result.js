/** Showing a verdict: the words marked in a copy of the text, boxes drawn on the pictures, reasons beside. */

import { drawing, element, word } from './dom.js';
import { boxesOn, runs } from './highlight.js';
import { pictureOf } from './previews.js';

/** @typedef {import('./highlight.js').Finding} Finding */

/**
 * @param {HTMLElement} panel
 * @param {string} text
 * @param {import('./checking.js').Answer} answer
 * @param {(finding: Finding) => Node[]} [more] what else to say of a finding
 */
export function showAnswer(panel, text, { verdict, files, reading }, more = () => []) {
  const parts = [headline(verdict, reading.length > 0)];
  parts.push(...reading.map(progressLine));
  const run = runs(text, verdict.findings);
  if (run.some(({ level }) => level)) parts.push(markedText(run));
  for (const [id, file] of files) parts.push(...markedPicture(id, file, verdict.findings));
  if (verdict.findings.length > 0) parts.push(element('ul', { class: 'findings' }, ...verdict.findings.map((finding) => findingItem(finding, more(finding)))));
  parts.push(...verdict.gaps.map(({ message }) => element('p', { class: 'gap' }, element('strong', {}, `${word('gap')}: `), message)));
  reveal(panel, parts);
}

/**
 * @param {HTMLElement} panel
 * @param {string} message
 */
export function showTrouble(panel, message) {
  reveal(panel, [
    element('p', { class: 'headline', 'data-level': 'gap' }, word('not_checked')),
    element('p', {}, message),
  ]);
}

/** @param {HTMLElement} panel */
export function showLooking(panel) {
  if (panel.hidden) reveal(panel, [element('p', { class: 'hint' }, word('checking'))]);
}

/**
 * @param {HTMLElement} panel
 * @param {Node[]} parts
 */
function reveal(panel, parts) {
  panel.replaceChildren(...parts);
  panel.hidden = false;
}

/**
 * What is still being read or could not be read is never called clear.
 * @param {import('./highlight.js').Verdict} verdict
 * @param {boolean} stillReading
 */
function headline({ level, gaps }, stillReading) {
  const unsure = level === 'clear' && (gaps.length > 0 || stillReading);
  const text = unsure ? word(stillReading ? 'checking' : 'level_gap') : word(`level_${level}`);
  return element('p', { class: 'headline', 'data-level': unsure ? 'gap' : level }, text);
}

/** @param {import('./checking.js').Reading} reading */
function progressLine({ file: { name }, done, total }) {
  const text = total > 0 ? word('reading_progress', { name, done, total }) : word('reading', { name });
  return element('p', { class: 'hint' }, text);
}

/** @param {import('./highlight.js').Run[]} run */
function markedText(run) {
  const pieces = run.map(({ text, level }) => (level ? element('mark', { 'data-level': level }, text) : text));
  return element('div', {}, element('p', { class: 'hint' }, word('seen_in_text')), element('p', { class: 'copy' }, ...pieces));
}

/**
 * @param {string} id
 * @param {File} file
 * @param {Finding[]} findings
 */
function markedPicture(id, file, findings) {
  const boxes = boxesOn(id, findings);
  if (boxes.length === 0) return [];
  const frame = element('div', { class: 'marked-picture' });
  const picture = pictureOf(file);
  picture.addEventListener('load', () => frame.append(overlay(picture, boxes)), { once: true });
  frame.append(picture);
  return [element('figure', {}, element('figcaption', { class: 'hint' }, word('seen_in_picture', { name: file.name })), frame)];
}

/**
 * @param {HTMLImageElement} picture
 * @param {{ level: string, title: string, box: number[] }[]} boxes in pixels of the picture
 */
function overlay(picture, boxes) {
  const { naturalWidth: width, naturalHeight: height } = picture;
  const rings = boxes.map(({ level, title, box: [x, y, w, h] }) => drawing(
    'rect',
    { x, y, width: w, height: h, rx: Math.max(w, h) / 60, 'data-level': level },
    drawing('title', {}, document.createTextNode(word('box_label', { title }))),
  ));
  return drawing('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none' }, ...rings);
}

/**
 * @param {Finding} finding
 * @param {Node[]} more
 */
function findingItem({ level, title, reason, advice }, more) {
  return element('li', { 'data-level': level },
    element('p', { class: 'finding-title' }, title),
    element('p', {}, reason),
    element('p', { class: 'advice' }, advice), ...more);
}
