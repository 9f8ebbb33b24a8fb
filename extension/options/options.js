/** The options page: server and pairing, language, what is seen, sites, what was quietened, and what each permission is for. */
import { ask, need, say, tell, translate } from '../pages/pages.js';
import { connect, showServer } from '../pages/server.js';
import * as quiet from './quiet.js';
import * as servers from './servers.js';
import * as sites from './sites.js';
import * as team from './team.js';

await translate();

need('pair').addEventListener('click', () => connect(inUse(), show));
need('unpair').addEventListener('click', async () => {
  const { told } = await ask('unpair', { server: inUse() });
  await show();
  if (!told) tell('server-help', say('leaveUntold'));
});
need('language').addEventListener('change', async (event) => {
  await ask('change', { language: /** @type {HTMLSelectElement} */ (event.target).value });
  await translate();
  await show();
});
for (const name of ['marks', 'chats']) {
  need(name).addEventListener('change', (event) => ask('change', { [name]: /** @type {HTMLInputElement} */ (event.target).checked }));
}
servers.listen(show);
team.listen(show);
sites.listen(show);
quiet.listen(show);
// Last, since a server that does not answer is waited for: what the person presses meanwhile counts.
await show();

async function show() {
  const overview = await ask('overview');
  const { settings } = overview;
  document.title = say('optionsTitle');
  need('preset').hidden = Object.keys(settings.preset).length === 0;
  showServer(overview);
  const used = overview.servers.find((/** @type {ServerView} */ { address }) => address === settings.server);
  need('unpair').hidden = !overview.paired || Boolean(used?.account);
  need('settings').onclick = used?.account ? team.opening(settings.server) : null;
  need('server').dataset.inUse = settings.server;
  /** @type {HTMLAnchorElement} */ (need('welcome')).href = `${settings.server}/welcome`;
  /** @type {HTMLAnchorElement} */ (need('try')).href = `${settings.server}/try`;
  /** @type {HTMLAnchorElement} */ (need('settings')).href = `${settings.server}/settings`;
  servers.show(overview, show);
  team.show(overview);
  showSeen(overview);
  sites.show(overview, show);
  quiet.show(overview, show);
  /** @type {HTMLSelectElement} */ (need('language')).value = settings.language;
  need('version').textContent = `${say('name')} ${overview.version}`;
}

/** @param {any} overview */
function showSeen({ settings, sites: all }) {
  const reads = all.filter((/** @type {Site} */ site) => site.thread ?? site.boxes.some(({ thread }) => thread));
  need('chats-help').textContent = say('chatsHelp', reads.map((/** @type {Site} */ { name }) => name).join(', '));
  const [marks, chats] = ['marks', 'chats'].map((id) => /** @type {HTMLInputElement} */ (need(id)));
  marks.checked = settings.marks;
  chats.checked = settings.chats;
  chats.disabled = settings.preset.mayReadChats === false;
}

function inUse() {
  return need('server').dataset.inUse ?? '';
}
