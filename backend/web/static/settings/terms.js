/** The table of a list's terms: searched and paged by the server, so that it stays fast with a hundred thousand. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { commonness, withConsent } from './common.js';
import { conditions, Fields, ofTerm } from './fields.js';
import { askBack, button, day, during, number, rested } from './page.js';

const A_PAGE = 100;

export class Terms {
  /**
   * @param {string} path of the list
   * @param {() => any} list as it was read last
   * @param {(text: string) => Promise<void>} changed
   */
  constructor(path, list, changed) {
    this.path = path;
    this.list = list;
    this.changed = changed;
    this.form = /** @type {HTMLFormElement} */ (need('#filter'));
    this.all = /** @type {HTMLInputElement} */ (need('#bulk-all'));
    this.pageAll = /** @type {HTMLInputElement} */ (need('#page-all'));
    /** @type {number[]} where each page up to this one began */
    this.begun = [0];
    this.asked = new AbortController();
    /** @type {any} */
    this.page = { terms: [], next: null, found: 0 };
    this.#listen();
  }

  async show() {
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const query = new URLSearchParams({ ...this.filter, limit: String(A_PAGE), after: String(this.begun.at(-1)) });
    try {
      this.page = await ask('GET', `${this.path}/terms?${query}`, { signal });
    } catch (trouble) {
      if (signal.aborted) return;
      throw trouble;
    }
    need('#terms tbody').replaceChildren(...this.page.terms.map((/** @type {any} */ term) => this.#row(term)));
    this.#showWhere();
    this.#showChosen();
    await this.#showCommonness(signal);
  }

  /**
   * Say for each term on the page how often it would ask in vain.
   * @param {AbortSignal} signal
   */
  async #showCommonness(signal) {
    if (this.page.terms.length === 0) return;
    const wanted = this.page.terms.map((/** @type {any} */ { text, form }) => ({ text, form }));
    const found = await commonness(wanted, signal).catch((trouble) => {
      if (signal.aborted) return [];
      throw trouble;
    });
    for (const [index, { alarms, everyday }] of found.entries()) {
      const cell = document.querySelectorAll('#terms tbody .common-of')[index];
      if (!cell || signal.aborted) return;
      cell.textContent = alarms === null ? '?' : number(alarms);
      cell.classList.toggle('everyday', everyday === true);
    }
  }

  /** @returns {Record<string, string>} conditions that are not empty */
  get filter() {
    const data = [...new FormData(this.form)].map(([name, value]) => [name, String(value).trim()]);
    return Object.fromEntries(data.filter(([, value]) => value !== ''));
  }

  get chosen() {
    return [...document.querySelectorAll('#terms tbody input:checked')].map((box) => /** @type {HTMLInputElement} */ (box).value);
  }

  #listen() {
    const again = rested(() => during(null, () => this.#turn([0])));
    this.form.addEventListener('input', again);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      again();
    });
    need('#after').addEventListener('click', () => during(null, () => this.#turn([...this.begun, this.page.next])));
    need('#before').addEventListener('click', () => during(null, () => this.#turn(this.begun.slice(0, -1))));
    this.pageAll.addEventListener('change', () => {
      for (const box of document.querySelectorAll('#terms tbody input')) /** @type {HTMLInputElement} */ (box).checked = this.pageAll.checked;
      this.#showChosen();
    });
    need('#terms tbody').addEventListener('change', () => this.#showChosen());
    this.all.addEventListener('change', () => this.#showChosen());
    need('#bulk-edit').addEventListener('click', () => during(null, () => this.#editMany()));
    need('#bulk-remove').addEventListener('click', () => during(null, () => this.#removeMany()));
  }

  /** @param {number[]} begun */
  async #turn(begun) {
    this.begun = begun;
    await this.show();
  }

  #showWhere() {
    const { found, total, next, terms } = this.page;
    const first = (this.begun.length - 1) * A_PAGE;
    need('#found').textContent = found === total ? word('terms_count', { count: number(total) }) : word('found_of', { found: number(found), total: number(total) });
    need('#where').textContent = terms.length > 0 ? word('page_where', { first: number(first + 1), last: number(first + terms.length), found: number(found) }) : '';
    need('#before').toggleAttribute('disabled', this.begun.length < 2);
    need('#after').toggleAttribute('disabled', next === null);
    need('#paging').hidden = found <= A_PAGE;
    this.pageAll.checked = false;
  }

  #showChosen() {
    const count = this.all.checked ? this.page.found : this.chosen.length;
    need('#bulk-count').textContent = count > 0 ? word('chosen', { count: number(count) }) : '';
    for (const id of ['#bulk-edit', '#bulk-remove']) need(id).toggleAttribute('disabled', count === 0);
  }

  /** @param {any} term */
  #row(term) {
    const { text, form, level, score, category, note } = term;
    const box = element('input', { type: 'checkbox', value: text, 'aria-label': word('choose_term', { text }) });
    const loud = score != null ? word('score_is', { score: number(score) }) : level ? word(`tell_${level}`) : word('level_own');
    const edit = button(word('edit'), () => this.#edit(term), { 'aria-label': word('edit_term', { text }) });
    const said = [category, note].filter(Boolean).join(' · ');
    const cells = [word(`form_${form}`), loud, conditions(term, day), said].map((cell) => element('td', {}, cell));
    return element('tr', {}, element('td', {}, box), element('th', { scope: 'row' }, text), ...cells, element('td', { class: 'common-of' }), element('td', {}, edit));
  }

  /** @param {any} term */
  async #edit(term) {
    const fields = new Fields(ofTerm());
    fields.fill(term);
    const text = /** @type {HTMLInputElement} */ (element('input', { type: 'text', id: 'edit-text', required: '', value: term.text }));
    const sure = await askBack({ title: word('edit_term', { text: term.text }), wide: true, yes: word('save'),
      body: [element('div', { class: 'field' }, element('label', { for: 'edit-text' }, word('term')), text), fields.element] });
    if (!sure) return;
    const wanted = { text: text.value.trim(), ...fields.read() };
    const remove = wanted.text === term.text ? [] : [term.text];
    const done = await withConsent((confirm) => ask('PATCH', `${this.path}/terms`, { json: { add: [wanted], remove, confirm }, seen: this.list().version }), [wanted]);
    if (done) await this.changed(word('edited', { count: '1' }));
  }

  /** What is meant: all that the filter finds, or those that are ticked. */
  get where() {
    return this.all.checked ? this.filter : { texts: this.chosen };
  }

  async #editMany() {
    const count = number(this.all.checked ? this.page.found : this.chosen.length);
    const { where } = this;
    const fields = new Fields(ofTerm(), true);
    const body = [element('p', { class: 'hint' }, word('bulk_hint')), fields.element];
    if (!await askBack({ title: word('bulk_title', { count }), body, yes: word('save'), wide: true })) return;
    const set = fields.read();
    if (Object.keys(set).length === 0) return;
    const { changed } = await ask('POST', `${this.path}/terms/edit`, { json: { where, set }, seen: this.list().version });
    this.all.checked = false;
    await this.changed(word('edited', { count: number(changed) }));
  }

  async #removeMany() {
    const { where } = this;
    const { removed } = await ask('POST', `${this.path}/terms/edit`, { json: { where, remove: true }, seen: this.list().version });
    this.all.checked = false;
    this.begun = [0];
    await this.changed(word('removed', { count: number(removed) }));
  }
}
