/** The welcome page: three steps, each of which ticks itself off. */

import { inSession } from './api.js';
import { enableCopying } from './copying.js';
import { fill, need, say } from './dom.js';
import { watchExtension } from './extension.js';
import { watchPairings } from './pairing.js';
import { enableTabs, thisBrowser } from './tabs.js';

const steps = need('.steps');

/**
 * @param {string} id
 * @param {'later' | 'now' | 'done'} state
 */
function mark(id, state) {
  need(`#${id}`).dataset.state = state;
}

/** @param {import('./extension.js').Presence} presence */
function show({ version, paired }) {
  mark('step-load', version ? 'done' : 'now');
  mark('step-pair', paired ? 'done' : version ? 'now' : 'later');
  mark('step-done', paired ? 'done' : 'later');
  need('#done-what').hidden = !paired;
  need('#done-hint').hidden = paired;
  need('#load-how').hidden = Boolean(version);
  need('#pair-how').hidden = paired;
  need('#reload').hidden = Boolean(version);
  if (version) say(need('#load-status'), fill(steps.dataset.here ?? '', { version }));
}

enableCopying();
need('#reload').addEventListener('click', () => location.reload());
if (inSession) {
  const browser = thisBrowser();
  need('#other-browser').hidden = browser !== '';
  enableTabs(browser);
  watchPairings(need('#pairings'), need('#pair-status'));
}
watchExtension(show);
