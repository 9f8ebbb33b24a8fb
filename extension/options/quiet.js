/** What the person has called not useful, and how to have it spoken of again. */
import { ask, make, need, say, tell } from '../pages/pages.js';

const STEPS = ['', 'quietLower', 'quietLower2', 'quietSilent'];

/** @param {() => Promise<void>} show */
export function listen(show) {
  need('speak-again').addEventListener('click', async () => {
    await ask('speak_again');
    await show();
  });
}

/**
 * @param {any} overview
 * @param {() => Promise<void>} refresh
 */
export function show({ quiet }, refresh) {
  const { rules, words } = /** @type {{rules: {rule: string, title: string, steps: number}[], words: number}} */ (quiet);
  need('quiet').replaceChildren(...rules.map((one) => row(one, refresh)));
  tell('quiet-words', words ? say('quietWords', words) : '');
  need('quiet-none').hidden = rules.length + words > 0;
  need('speak-again').hidden = rules.length + words === 0;
}

/**
 * @param {{rule: string, title: string, steps: number}} about
 * @param {() => Promise<void>} refresh
 */
function row({ rule, title, steps }, refresh) {
  const click = async () => {
    await ask('speak_again', { rule });
    await refresh();
  };
  return make('li', {}, make('span', { class: 'names' }, make('span', { text: title }), make('span', { class: 'soft', text: `${rule} · ${say(STEPS[steps])}` })),
    make('button', { class: 'button quiet', type: 'button', text: say('speakAgain'), 'aria-label': `${say('speakAgain')}: ${title}`, click }));
}
