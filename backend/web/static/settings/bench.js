/** The bench on a page of its own. */

import { ask } from '../api.js';
import { need, word } from '../dom.js';
import { openBench } from './benching.js';
import { during } from './page.js';

openBench();
await during(null, async () => {
  const { lists } = await ask('GET', '/v1/lists');
  const silent = lists.filter((/** @type {any} */ { enabled, observe }) => !enabled || observe).map((/** @type {any} */ { name }) => name);
  need('#bench-lists').textContent = silent.length > 0 ? word('bench_silent', { names: silent.join(', ') }) : '';
});
need('#bench-text').focus();
