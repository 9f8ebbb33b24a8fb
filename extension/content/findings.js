/** A verdict as a person reads it: the words seen, where, why it matters, what can be done. */
const findings = (() => {
  const CONTEXT = 28;
  const MOST_QUOTES = 3;
  const LEVELS = ['clear', 'note', 'warn', 'stop'];
  const { make, icon } = surface;

  /**
   * @param {Judgement} judgement
   * @param {{remedies?: boolean, changed?: () => void}} [options]
   * @returns {HTMLElement[]}
   */
  function render({ verdict, draft }, { remedies: offered = true, changed = () => {} } = {}) {
    if (!verdict) return [];
    const pictured = new Set();
    const shown = verdict.findings.toSorted((a, b) => b.score - a.score)
      .map((finding) => one({ finding, verdict, draft, changed, offered, pictured }));
    return verdict.gaps.length ? [...shown, gaps(verdict.gaps, draft)] : shown;
  }

  /**
   * @param {{finding: FindingJson, verdict: VerdictJson, draft: Draft, changed: () => void, offered: boolean, pictured: Set<string>}} about
   */
  function one({ finding, verdict, draft, changed, offered, pictured }) {
    const told = make('p', { class: 'told', role: 'status', hidden: true });
    const help = offered ? remedies.offer({ finding, verdict, draft, changed, tell: (text) => tell(told, text) }) : [];
    const about = { finding, verdict, draft, changed, told };
    return make('section', { class: 'finding', 'aria-label': finding.title },
      make('h3', {}, make('span', { class: 'dot', 'data-level': finding.level, 'aria-hidden': true }), make('span', { text: finding.title })),
      ...quotes(finding, draft), ...shots(finding, draft, pictured), help.length > 0 && make('div', { class: 'row' }, ...help),
      make('p', { class: 'reason', text: finding.reason }), make('p', { class: 'advice', text: finding.advice }),
      make('div', { class: 'row after' }, notUseful(about), neverHere(about)), told);
  }

  /**
   * The spans of the text, in order; of those that overlap, the tightest.
   * @param {FindingJson} finding
   * @param {'text' | 'thread'} of the draft, or the conversation before it
   */
  function spans({ places }, of = 'text') {
    const all = places.flatMap(({ part, start, end }) => (part === of && start != null && end != null ? [{ start, end }] : []));
    /** @type {{start: number, end: number}[]} */
    const kept = [];
    for (const span of all.toSorted((a, b) => a.end - a.start - (b.end - b.start))) {
      if (!kept.some((other) => span.start < other.end && other.start < span.end)) kept.push(span);
    }
    return kept.sort((a, b) => a.start - b.start);
  }

  /**
   * The exact words, with a little of what stands around them: of the draft, and of the chat before it.
   * @param {FindingJson} finding
   * @param {Draft} draft
   */
  function quotes(finding, draft) {
    const before = draft.thread.map(({ text }) => text).join('\n');
    const chat = spans(finding, 'thread').slice(0, MOST_QUOTES).map((span) => quote(before, span, finding.level));
    const own = spans(finding).slice(0, MOST_QUOTES).map((span) => quote(draft.text, span, finding.level));
    return chat.length ? [...own, make('p', { class: 'advice', text: words.say('fromChat') }), ...chat] : own;
  }

  /**
   * @param {string} text
   * @param {{start: number, end: number}} span
   * @param {Level} level
   */
  function quote(text, { start, end }, level) {
    const before = text.slice(Math.max(0, start - CONTEXT), start).replace(/^[\uDC00-\uDFFF]/, '');
    const after = text.slice(end, end + CONTEXT).replace(/[\uD800-\uDBFF]$/, '');
    return make('blockquote', { class: 'quote', dir: 'auto', 'data-level': level },
      new Text(start > CONTEXT ? `…${before}` : before), make('mark', { text: text.slice(start, end) }),
      new Text(end + CONTEXT < text.length ? `${after}…` : after));
  }

  /**
   * The attachments a finding stands in, each once, with its boxes.
   * @param {FindingJson} finding
   * @param {Draft} draft
   * @param {Set<string>} pictured those already shown large
   */
  function shots(finding, { items }, pictured) {
    return items.filter((item) => finding.places.some(({ part }) => part === item.id)).map((item) => {
      const places = finding.places.filter(({ part }) => part === item.id);
      const boxes = places.flatMap(({ box }) => (box ? [box] : []));
      const label = words.say('seenIn', item.file.name);
      if (pictures.isPicture(item.file)) {
        const picture = pictures.thumbnail(item.file, boxes, label, finding.level);
        const again = pictured.has(item.uid);
        pictured.add(item.uid);
        return make('figure', { class: again && 'again' }, picture, make('figcaption', { text: item.file.name, dir: 'auto' }));
      }
      const pages = [...new Set(places.flatMap(({ page }) => (page ? [page] : [])))].join(', ');
      const text = pages ? words.say('filePage', item.file.name, pages) : item.file.name;
      return make('p', { class: 'file' }, icon('file'), make('span', { text }));
    });
  }

  /** @typedef {{finding: FindingJson, verdict: VerdictJson, draft: Draft, changed: () => void, told: HTMLElement}} About */

  /** The rule speaks up less for this person, here and everywhere. @param {About} about */
  function notUseful({ finding, verdict, told }) {
    const button = plain('notUseful', 'notUsefulAbout', finding, async () => {
      const [{ error }, { value }] = await Promise.all([decide(verdict, 'not_useful', [finding.rule]), quieten(finding)]);
      const done = value ? (LEVELS.indexOf(finding.level) > 1 ? 'notUsefulLower' : 'notUsefulSilent') : 'notUsefulThanks';
      tell(told, words.say(error && !value ? 'notUsefulFailed' : done));
      button.hidden = true;
      watch.forget();
    });
    return button;
  }

  /** Never of these very words on this site again. @param {About} about */
  function neverHere({ finding, draft, changed }) {
    const said = spans(finding).map(({ start, end }) => draft.text.slice(start, end));
    if (!said.length || !wishes.mayQuieten()) return null;
    return plain('neverHere', 'neverHereAbout', finding, async () => {
      await quieten(finding, [...new Set(finding.places.flatMap(({ part, start, end }) => (part === 'text' ? [draft.text.slice(start, end)] : [])))]);
      watch.forget();
      changed();
    });
  }

  /**
   * @param {FindingJson} finding
   * @param {string[]} [said]
   */
  function quieten({ rule, title }, said) {
    return wishes.mayQuieten() ? link.ask('quieten', { rule, title, words: said }) : Promise.resolve({ value: null });
  }

  /**
   * @param {string} key of the words
   * @param {string} about the same for ears, with the finding's title
   * @param {FindingJson} finding
   * @param {() => void} act
   */
  function plain(key, about, finding, act) {
    return make('button', { class: 'plain', type: 'button', text: words.say(key), 'aria-label': words.say(about, finding.title), act });
  }

  /**
   * @param {HTMLElement} told
   * @param {string} text
   */
  function tell(told, text) {
    told.textContent = text;
    told.hidden = false;
  }

  /**
   * @param {GapJson[]} list
   * @param {Draft} draft
   */
  function gaps(list, { items }) {
    return make('section', { class: 'gaps' }, make('h3', { text: words.say('gapsTitle') }), make('ul', {},
      ...list.map((gap) => {
        const name = items.find(({ id, uid }) => id === gap.part || uid === gap.part)?.file.name;
        return make('li', {}, icon('gap'), make('span', { text: name ? words.say('gapIn', name, gap.message) : gap.message, dir: 'auto' }));
      })));
  }

  /**
   * Tell the server what the person did; never with words of the draft.
   * @param {VerdictJson} verdict
   * @param {Outcome} outcome
   * @param {string[]} [rules]
   */
  function decide(verdict, outcome, rules = verdict.findings.map(({ rule }) => rule)) {
    return link.ask('decide', { verdict: verdict.id, outcome, rules: [...new Set(rules)], level: verdict.level });
  }

  return { render, decide, spans };
})();
