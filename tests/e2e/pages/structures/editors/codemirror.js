/** CodeMirror 6 in the place of an element. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

window.mountEditor = (place) => {
  const holder = document.createElement('div');
  place.replaceWith(holder);
  const attributes = Object.fromEntries([...place.attributes].filter(({ name }) => name !== 'class').map(({ name, value }) => [name, value]));
  const extensions = [history(), keymap.of([...defaultKeymap, ...historyKeymap]), EditorView.lineWrapping, EditorView.contentAttributes.of(attributes)];
  const view = new EditorView({ parent: holder, state: EditorState.create({ extensions }) });
  return { text: () => view.state.doc.toString(), clear: () => view.dispatch({ changes: { from: 0, to: view.state.doc.length } }) };
};
