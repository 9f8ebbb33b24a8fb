/** The page for joining: nothing happens before the person presses the button. */

import { ask } from '../api.js';
import { need, word } from '../dom.js';
import { during, onSubmit, tell } from './page.js';

const code = need('#code').textContent ?? '';

onSubmit(/** @type {HTMLFormElement} */ (need('#join')), async () => {
  await ask('POST', '/v1/joins/here', { json: { code } });
  location.assign('/welcome');
});

need('#copy').addEventListener('click', () => during(null, async () => {
  await navigator.clipboard.writeText(code);
  tell(word('copied'));
}));
