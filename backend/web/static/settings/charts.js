/** Bars of the weeks, drawn as SVG, with the same numbers in a table for who does not see them. */

import { drawing, element, word } from '../dom.js';
import { day, monthDay, number } from './page.js';

const WIDTH = 720;
const HEIGHT = 200;
const FOOT = 24;
const LEFT = 36;

/** @typedef {{ title: string, weeks: string[], keys: string[], name: (key: string) => string, counts: Map<string, Map<string, number>> }} Chart */

/** @param {Chart} chart */
export function stacked(chart) {
  const keys = chart.keys.filter((key) => chart.weeks.some((week) => countOf(chart, week, key) > 0));
  const id = `chart-${chart.keys.join('').length}-${chart.keys[0]}`.replace(/[^\w-]/g, '');
  const heading = element('h2', { id }, chart.title);
  const legend = element('ul', { class: 'legend', 'aria-hidden': 'true' }, ...keys.map((key) => element('li', { class: `series-${chart.keys.indexOf(key)}` }, chart.name(key))));
  return element('section', { class: 'panel chart', 'aria-labelledby': id }, heading, legend, picture(chart, keys),
    element('details', {}, element('summary', {}, word('as_table')), table(chart, keys)));
}

/**
 * @param {Chart} chart
 * @param {string} week
 * @param {string} key
 */
function countOf({ counts }, week, key) {
  return Math.max(0, counts.get(week)?.get(key) ?? 0);
}

/**
 * @param {Chart} chart
 * @param {string[]} keys
 */
function picture(chart, keys) {
  const { weeks } = chart;
  const sums = weeks.map((week) => keys.reduce((sum, key) => sum + countOf(chart, week, key), 0));
  const most = Math.max(1, ...sums);
  const step = (WIDTH - LEFT) / weeks.length;
  const parts = axis(most);
  weeks.forEach((week, index) => {
    const x = LEFT + index * step;
    let y = HEIGHT;
    for (const key of keys) {
      const height = (countOf(chart, week, key) / most) * (HEIGHT - 10);
      y -= height;
      if (height > 0) parts.push(bar(chart, week, key, { x: x + step * 0.15, y, width: step * 0.7, height }));
    }
    if (index % Math.ceil(weeks.length / 6) !== 0) return;
    parts.push(drawing('text', { x: x + step * 0.15, y: HEIGHT + 17 }, document.createTextNode(monthDay(week))));
  });
  const total = sums.reduce((sum, one) => sum + one, 0);
  const label = word('chart_label', { title: chart.title, count: number(total), weeks: number(weeks.length) });
  return drawing('svg', { class: 'bars', viewBox: `0 0 ${WIDTH} ${HEIGHT + FOOT}`, role: 'img', 'aria-label': label }, ...parts);
}

/**
 * @param {Chart} chart
 * @param {string} week
 * @param {string} key
 * @param {Record<string, number>} where
 */
function bar(chart, week, key, where) {
  const said = word('bar_label', { name: chart.name(key), day: day(week), count: number(countOf(chart, week, key)) });
  return drawing('rect', { ...where, class: `series-${chart.keys.indexOf(key)}` }, drawing('title', {}, document.createTextNode(said)));
}

/** @param {number} most */
function axis(most) {
  const text = (/** @type {number} */ value, /** @type {number} */ y) => drawing('text', { x: LEFT - 8, y: y + 4, 'text-anchor': 'end' }, document.createTextNode(number(value)));
  return [
    drawing('path', { class: 'axis', d: `M${LEFT} ${HEIGHT}H${WIDTH}M${LEFT} 10H${WIDTH}` }),
    text(0, HEIGHT), text(most, 10),
  ];
}

/**
 * @param {Chart} chart
 * @param {string[]} keys
 */
function table(chart, keys) {
  const head = element('tr', {}, element('th', { scope: 'col' }, word('week_from')), ...keys.map((key) => element('th', { scope: 'col' }, chart.name(key))));
  const cells = (/** @type {string} */ week) => keys.map((key) => element('td', {}, number(countOf(chart, week, key))));
  const rows = chart.weeks.map((week) => element('tr', {}, element('th', { scope: 'row' }, day(week)), ...cells(week)));
  const made = element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows));
  return element('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': chart.title }, made);
}
