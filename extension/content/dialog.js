/**
 * The question at send. The safe choice is the loud one; for `stop`, "share anyway"
 * takes a second step. Closing it, by Escape or by the page, is going back.
 */
const dialog = (() => {
  const PATIENCE = 300;
  const BACK_AFTER = 50;
  /** @type {Record<Level, NonNullable<VerdictJson['action']>>} */
  const USUALLY = { clear: 'mark', note: 'mark', warn: 'ask', stop: 'hold' };
  const { make } = surface;
  /** @type {HTMLDialogElement | null} */
  let part = null;
  /** @type {((choice: 'back' | 'share') => void) | null} */
  let choose = null;
  let stepping = false;
  const guard = new MutationObserver(() => setTimeout(() => part && !surface.isOnTop(part) && restore(), BACK_AFTER));

  /**
   * @typedef {{current: () => Draft, audience: string, focus?: HTMLElement}} Question
   * Judge a draft and, where there is something to say, ask the person.
   * @param {Question} question
   * @returns {Promise<{outcome: 'back' | 'share', judgement: Judgement | null, asked: boolean}>}
   */
  async function run(question) {
    card.close();
    marks.clear();
    /** @type {Promise<'back' | 'share'>} */
    const choice = new Promise((resolve) => (choose = resolve));
    const judging = watch.settle(question.current);
    const quick = await Promise.race([judging, after(PATIENCE)]);
    if (!quick) waiting(question, judging);
    const judgement = quick || (await Promise.race([judging, choice.then(() => null)]));
    if (!judgement) return close({ outcome: await choice, judgement: null, asked: true });
    if (!asks(judgement)) return close({ outcome: 'share', judgement, asked: false });
    const state = { judgement };
    show(question, state);
    const outcome = await choice;
    return close({ outcome, judgement: state.judgement, asked: true });
  }

  /**
   * Whether the person is asked about it: a warning, a stop, or something unread.
   * @param {Judgement} judgement
   */
  function asks({ verdict, fault }) {
    if (fault?.kind === 'paused' || fault?.kind === 'no_site') return false;
    return !verdict || doing(verdict) !== 'mark' || verdict.gaps.length > 0;
  }

  /**
   * What is done about a verdict: as is usual for its level, or as the policy of the server says.
   * @param {VerdictJson} verdict
   */
  function doing({ level, action }) {
    return action ?? USUALLY[level];
  }

  /** @param {number} time @returns {Promise<null>} */
  function after(time) {
    return new Promise((resolve) => setTimeout(resolve, time, null));
  }

  /**
   * @param {Question} question
   * @param {Promise<unknown>} judging
   */
  function waiting({ current, audience }, judging) {
    const text = make('p', { text: words.say('waitingText'), role: 'status' });
    const bar = make('progress', { 'aria-label': words.say('chipChecking') });
    fill('look', words.say('waitingTitle'), words.say('dialogLead', audience), [make('div', { class: 'waiting' }, text, bar)], [
      quiet('shareUnchecked', 'share'), loud('goBack')]);
    const timer = setInterval(() => {
      const item = current().items.find((one) => !watch.isSettled(one));
      if (item) text.textContent = words.say('chipReading', item.file.name);
      if (item && item.total > 1) Object.assign(bar, { max: item.total, value: item.done });
    }, 250);
    judging.finally(() => clearInterval(timer));
  }

  /**
   * @param {Question} question
   * @param {{judgement: Judgement}} state
   */
  function show(question, state) {
    const { judgement } = state;
    if (judgement.fault) return unchecked(question, judgement.fault);
    const changed = async () => {
      state.judgement = await watch.settle(question.current);
      if (asks(state.judgement)) show(question, state);
      else settled(question);
    };
    const verdict = /** @type {VerdictJson} */ (judgement.verdict);
    const { level, gaps } = verdict;
    const loudness = level === 'warn' || level === 'stop' ? level : gaps.length ? 'gap' : level;
    const title = words.say(loudness === 'stop' ? 'stopTitle' : loudness === 'gap' ? 'uncheckedTitle' : 'warnTitle');
    const body = [...findings.render(judgement, { changed }), ...detached(judgement.draft, changed)];
    const action = loudness === 'gap' ? 'ask' : doing(verdict);
    fill(loudness, title, words.say('dialogLead', question.audience), body, choices(loudness, question.audience, action));
  }

  /**
   * @param {string} loudness
   * @param {string} audience
   * @param {string} action
   */
  function choices(loudness, audience, action) {
    const isRefused = action === 'refuse' || (loudness === 'stop' && !wishes.mayShareStopped());
    if (isRefused) return [make('p', { class: 'ask', text: words.say('stopHeld') }), loud('goBack')];
    if (action === 'hold') return [step('shareAnyway', () => confirm(audience)), loud('goBack')];
    return [quiet('shareAnyway', 'share'), loud('goBack')];
  }

  /**
   * The second step of a stop.
   * @param {string} audience
   */
  function confirm(audience) {
    const foot = /** @type {HTMLElement} */ (part?.querySelector('.foot'));
    const back = loud('goBack');
    foot.replaceChildren(make('p', { class: 'ask', text: words.say('confirmAsk', audience), role: 'alert' }), quiet('confirmShare', 'share'), back);
    back.focus();
  }

  /**
   * @param {Question} question
   * @param {Fault} fault
   */
  function unchecked({ audience }, fault) {
    const body = [make('p', { class: 'reason', text: faults.message(fault) })];
    if (faults.isSetting(fault)) {
      const act = () => link.ask('open_options');
      body.push(make('div', { class: 'row' }, make('button', { class: 'remedy', type: 'button', text: words.say('openSettings'), act })));
    }
    fill('gap', words.say('uncheckedTitle'), words.say('dialogLead', audience), body, [quiet('shareUnchecked', 'share'), loud('goBack')]);
  }

  /**
   * After a remedy nothing is left: sharing still takes the person's own click.
   * @param {Question} question
   */
  function settled({ audience }) {
    fill('clear', words.say('settledTitle'), words.say('dialogLead', audience), [make('p', { class: 'reason', text: words.say('settledText') })], [
      make('button', { class: 'quiet', type: 'button', text: words.say('goBack'), act: () => answer('back') }),
      make('button', { class: 'loud', type: 'button', 'data-careful': true, text: words.say('shareNow'), act: () => answer('share') })]);
  }

  /**
   * A file that the person has taken off the page need not be asked about.
   * @param {Draft} draft
   * @param {() => void} changed
   */
  function detached({ items }, changed) {
    return items.map((item) => make('button', {
      class: 'plain', type: 'button', text: words.say('notAttached', item.file.name),
      act: () => {
        files.drop(item);
        changed();
      },
    }));
  }

  /**
   * @param {string} level
   * @param {string} title
   * @param {string} lead
   * @param {HTMLElement[]} body
   * @param {HTMLElement[]} foot
   */
  function fill(level, title, lead, body, foot) {
    part ??= create();
    const heading = make('h2', { class: 'heading', id: 'title', text: title });
    part.replaceChildren(
      make('div', { class: 'head' }, card.badge(level),
        make('div', { class: 'titles' }, heading, make('p', { class: 'lead', id: 'lead', text: lead }))),
      make('div', { class: 'body', tabindex: '-1' }, ...body),
      make('div', { class: 'foot' }, ...foot),
    );
    surface.place(part);
    guard.observe(document.documentElement, { childList: true });
    if (part.open) return focusLoud();
    part.showModal();
    cover.begin(part, restore);
    focusLoud();
  }

  function focusLoud() {
    /** @type {HTMLElement | null | undefined} */ (part?.querySelector('.loud'))?.focus({ preventScroll: true });
  }

  /**
   * A page that takes the question away, moves it or shows something above it gets it
   * back on top: the person would press send in vain, or press what the page painted.
   */
  function restore() {
    if (!part?.open || stepping) return;
    const focused = /** @type {HTMLElement | null} */ (surface.focused());
    stepping = true;
    if (part.matches(':modal')) part.close();
    part.removeAttribute('open');
    surface.place(part).showModal();
    focused?.focus({ preventScroll: true });
    stepping = false;
  }

  function create() {
    const made = make('dialog', { role: 'alertdialog', 'aria-labelledby': 'title', 'aria-describedby': 'lead' });
    // One that was shown again since was not closed by the person.
    made.addEventListener('close', () => stepping || made.open || answer('back'));
    return made;
  }

  /** @param {string} key */
  function loud(key) {
    return make('button', { class: 'loud', type: 'button', text: words.say(key), act: () => answer('back') });
  }

  /**
   * @param {string} key
   * @param {'back' | 'share'} choice
   */
  function quiet(key, choice) {
    return step(key, () => answer(choice));
  }

  /**
   * @param {string} key
   * @param {() => void} act
   */
  function step(key, act) {
    return make('button', { class: 'quiet', type: 'button', 'data-careful': true, text: words.say(key), act });
  }

  /** @param {'back' | 'share'} choice */
  function answer(choice) {
    choose?.(choice);
    choose = null;
  }

  /**
   * @template T
   * @param {T} result
   */
  function close(result) {
    guard.disconnect();
    cover.end();
    choose = null;
    if (part) surface.lower(part);
    return result;
  }

  /**
   * Step aside while the page's box is edited: under a modal dialog it is inert.
   * @param {() => Promise<void>} work
   */
  async function aside(work) {
    const open = part?.open;
    stepping = true;
    if (open) part?.close();
    await work();
    if (open) part?.showModal();
    stepping = false;
  }

  return { run, asks, doing, aside, isOpen: () => Boolean(part?.open && part.isConnected) };
})();
