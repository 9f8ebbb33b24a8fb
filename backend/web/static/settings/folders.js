/** Watched folders of this machine. */

import { ask } from '../api.js';
import { element, need, word } from '../dom.js';
import { askBack, button, during, number, onSubmit, tell } from './page.js';

const SHOWN = 20;

/** @typedef {{ id: string, path: string, public: boolean, is_there: boolean, files: number, unread: { path: string, message: string }[] }} Folder */

export async function showFolders() {
  const { folders } = await ask('GET', '/v1/folders');
  need('#folders').replaceChildren(...folders.map(row));
}

/** @param {() => Promise<void>} showDocuments */
export function watchFolders(showDocuments) {
  const form = /** @type {HTMLFormElement} */ (need('#folder'));
  onSubmit(form, async (data) => {
    await ask('POST', '/v1/folders', { json: { path: String(data.get('path')).trim(), public: data.has('public') } });
    form.reset();
    tell(word('folder_watched'));
    await showFolders();
    await showDocuments();
  });
}

/** @param {Folder} folder */
function row(folder) {
  const { path, unread } = folder;
  const said = [word('files_count', { count: number(folder.files) }), ...(folder.public ? [word('public')] : []), ...(folder.is_there ? [] : [word('folder_gone')])];
  const names = element('span', { class: 'names' }, element('span', {}, path), element('span', { class: 'hint' }, said.join(' · ')));
  if (unread.length > 0) names.append(unreadOf(unread));
  return element('li', {}, names, button(word('folder_leave'), () => leave(folder), { 'aria-label': word('folder_leave_of', { path }) }));
}

/** @param {{ path: string, message: string }[]} unread */
function unreadOf(unread) {
  return element('details', {}, element('summary', {}, word('folder_unread', { count: number(unread.length) })),
    element('ul', {}, ...unread.slice(0, SHOWN).map(({ path, message }) => element('li', {}, `${path}: ${message}`))));
}

/** @param {Folder} folder */
async function leave({ id, path }) {
  const sure = await askBack({ title: word('folder_leave_of', { path }), body: [element('p', {}, word('folder_leave_what'))], yes: word('folder_leave') });
  if (!sure) return;
  await ask('DELETE', `/v1/folders/${encodeURIComponent(id)}`);
  await during(null, showFolders);
}
