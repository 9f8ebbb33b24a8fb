/** The fields of a term, and those that a list sets for its terms: built, filled and read in one place. */

import { element, word } from '../dom.js';

const CHANNELS = ['post', 'comment', 'message', 'mail', 'ai', 'upload'];
const FORMS = ['word', 'exact', 'anywhere', 'near', 'regex'];
const LEVELS = ['note', 'warn', 'stop'];
const SPLIT = /[\s,，、;；]+/u;

/** @typedef {{ name: string, label: string, hint?: string, control: () => HTMLElement, read: (control: any) => any, fill: (control: any, value: any) => void }} Field */

/** @param {any} value */
const plain = (value) => value ?? '';

/**
 * @param {string} name
 * @param {[string, string][]} options
 * @returns {Field}
 */
function choice(name, options) {
  return {
    name,
    label: word(name),
    control: () => element('select', {}, ...options.map(([value, text]) => element('option', { value }, text))),
    read: ({ value }) => value || null,
    fill: (control, value) => { control.value = plain(value); },
  };
}

/**
 * @param {string} name
 * @param {string} type
 * @param {Record<string, string>} [attributes]
 * @returns {Field}
 */
function line(name, type, attributes = {}) {
  return {
    name,
    label: word(name),
    control: () => element('input', { type, autocomplete: 'off', ...attributes }),
    read: ({ value }) => value.trim(),
    fill: (control, value) => { control.value = plain(value); },
  };
}

/**
 * Several words in one line.
 * @param {string} name
 * @param {string} example
 * @returns {Field}
 */
function several(name, example) {
  return {
    name,
    label: word(name),
    hint: word('several_hint', { example }),
    control: () => element('input', { type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' }),
    read: ({ value }) => value.toLowerCase().split(SPLIT).filter(Boolean),
    fill: (control, value) => { control.value = (value ?? []).join(', '); },
  };
}

/** @returns {Field} */
function channels() {
  return {
    name: 'channels',
    label: word('channels'),
    hint: word('channels_hint'),
    control: () => element('span', { class: 'checks', role: 'group', 'aria-label': word('channels') }, ...CHANNELS.map((channel) => element('label', { class: 'check' },
      element('input', { type: 'checkbox', value: channel }), ` ${word(`channel_${channel}`)}`))),
    read: (control) => [...control.querySelectorAll('input:checked')].map(({ value }) => value),
    fill: (control, value) => { for (const box of control.querySelectorAll('input')) box.checked = (value ?? []).includes(box.value); },
  };
}

/** @returns {Field} */
function exceptions() {
  return {
    name: 'exceptions',
    label: word('exceptions'),
    hint: word('exceptions_hint'),
    control: () => element('textarea', { rows: '2', class: 'framed', spellcheck: 'false' }),
    read: ({ value }) => value.split('\n').map((/** @type {string} */ one) => one.trim()).filter(Boolean),
    fill: (control, value) => { control.value = (value ?? []).join('\n'); },
  };
}

/** @returns {Field} */
function score() {
  const field = line('score', 'number', { min: '0', max: '100', inputmode: 'numeric' });
  return { ...field, hint: word('score_hint'), read: ({ value }) => (value === '' ? null : Number(value)) };
}

const limits = () => [
  line('valid_from', 'date'),
  { ...line('valid_until', 'date'), hint: word('valid_until_hint') },
  several('languages', 'en, vi, zh'),
  several('sites', 'x.com, weibo.com'),
  channels(),
];

/** What a list may set for its terms. */
export const ofList = limits;

/** All that a term may have besides its words. */
export function ofTerm() {
  return [
    choice('form', FORMS.map((form) => [form, word(`form_${form}`)])),
    choice('level', [['', word('level_own')], ...LEVELS.map((level) => /** @type {[string, string]} */ ([level, word(`tell_${level}`)]))]),
    score(),
    line('category', 'text', { maxlength: '60' }),
    line('note', 'text', { maxlength: '500' }),
    ...limits(),
    exceptions(),
  ];
}

export class Fields {
  /**
   * @param {Field[]} fields
   * @param {boolean} [some] only those that are ticked count, to change many terms at once
   */
  constructor(fields, some = false) {
    this.rows = fields.map((field) => new Row(field, some));
    this.element = element('div', { class: 'fields' }, ...this.rows.map(({ element: made }) => made));
  }

  /** @param {Record<string, any>} values */
  fill(values) {
    for (const { field, control } of this.rows) field.fill(control, values[field.name] ?? (field.name === 'form' ? 'word' : undefined));
  }

  /** @returns {Record<string, any>} */
  read() {
    return Object.fromEntries(this.rows.filter(({ counts }) => counts).map(({ field, control }) => [field.name, field.read(control)]));
  }
}

let made = 0;

class Row {
  /**
   * @param {Field} field
   * @param {boolean} some
   */
  constructor(field, some) {
    made += 1;
    const id = `field-${made}`;
    this.field = field;
    this.control = field.control();
    this.control.id = id;
    if (field.name === 'form') field.fill(this.control, 'word');
    const label = this.control.matches('input, select, textarea') ? element('label', { for: id }, field.label) : element('span', { class: 'label' }, field.label);
    this.tick = some ? this.#ticked() : null;
    const hint = field.hint ? [element('span', { class: 'hint', id: `${id}-hint` }, field.hint)] : [];
    if (field.hint) this.control.setAttribute('aria-describedby', `${id}-hint`);
    this.element = element('div', { class: 'field', 'data-field': field.name }, ...(this.tick ? [this.tick] : []), label, this.control, ...hint);
  }

  get counts() {
    return this.tick === null || this.tick.checked;
  }

  /** A field that the person touches is meant to change. */
  #ticked() {
    const tick = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', 'aria-label': word('change_field', { field: this.field.label }) }));
    for (const kind of ['input', 'change']) this.control.addEventListener(kind, () => { tick.checked = true; });
    return tick;
  }
}

/**
 * The conditions under which a term counts, in few words.
 * @param {Record<string, any>} term
 * @param {(iso: string) => string} day
 * @returns {string}
 */
export function conditions(term, day) {
  const found = [];
  if (term.valid_from && term.valid_until) found.push(word('from_until', { from: day(term.valid_from), until: day(term.valid_until) }));
  else if (term.valid_until) found.push(word('until', { day: day(term.valid_until) }));
  else if (term.valid_from) found.push(word('from', { day: day(term.valid_from) }));
  if (term.channels?.length) found.push(term.channels.map((/** @type {string} */ one) => word(`channel_${one}`)).join(', '));
  for (const name of ['sites', 'languages']) if (term[name]?.length) found.push(term[name].join(', '));
  if (term.exceptions?.length) found.push(word('except', { words: term.exceptions.join(', ') }));
  return found.join(' · ');
}
