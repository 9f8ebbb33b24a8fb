/** The prompt box as ChatGPT has it: ProseMirror in a form; Enter sends, files go up at once. */
import { baseKeymap, splitBlock } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { schema } from 'prosemirror-schema-basic';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';

window.uploaded = [];
let pressed = null;
const form = document.querySelector('form');
const input = form.querySelector('input[type="file"]');

function start() {
  const enter = () => { form.requestSubmit(); return true; };
  return EditorState.create({ schema, plugins: [history(), keymap({ 'Mod-z': undo, 'Mod-y': redo, 'Shift-Enter': splitBlock, Enter: enter }), keymap(baseKeymap)] });
}

const view = new EditorView(document.getElementById('editor'), {
  state: start(),
  attributes: { id: 'prompt-textarea', class: 'ProseMirror box', 'data-virtualkeyboard': 'true', translate: 'no', role: 'textbox', 'aria-label': 'Ask anything' },
  handleDOMEvents: { keydown: (_, event) => { pressed = event; return false; } },
});

function text() {
  const { doc } = view.state;
  return doc.textBetween(0, doc.content.size, '\n');
}

form.querySelector('button').addEventListener('click', (event) => (pressed = event));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!text().trim() && !input.files.length) return;
  window.post(text(), input.files, pressed ?? event);
  view.updateState(start());
  input.value = '';
});
input.addEventListener('change', () => window.uploaded.push(...[...input.files].map(({ name }) => name)));
