/** ProseMirror in an element of the page. */
import { baseKeymap } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { schema } from 'prosemirror-schema-basic';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';

window.mountEditor = (place) => {
  const start = () => EditorState.create({ schema, plugins: [history(), keymap({ 'Mod-z': undo, 'Mod-y': redo }), keymap(baseKeymap)] });
  const view = new EditorView({ mount: place }, { state: start() });
  const text = () => view.state.doc.textBetween(0, view.state.doc.content.size, '\n');
  return { text, clear: () => view.updateState(start()) };
};
