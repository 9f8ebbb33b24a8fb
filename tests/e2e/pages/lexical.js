/** A Lexical editor in a box, as Meta's sites have it. */
import { registerHistory, createEmptyHistoryState } from '@lexical/history';
import { registerPlainText } from '@lexical/plain-text';
import { $createParagraphNode, $getRoot, COMMAND_PRIORITY_HIGH, createEditor, KEY_ENTER_COMMAND } from 'lexical';

/**
 * @param {HTMLElement} box
 * @param {(event: KeyboardEvent) => boolean} enter what Enter does; true when it was taken
 */
export function mount(box, enter = () => false) {
  const editor = createEditor({ namespace: 'replica', onError: (error) => { throw error; } });
  editor.setRootElement(box);
  registerPlainText(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  editor.registerCommand(KEY_ENTER_COMMAND, (event) => enter(event), COMMAND_PRIORITY_HIGH);
  return {
    text: () => editor.getEditorState().read(() => $getRoot().getTextContent()),
    clear: () => editor.update(() => $getRoot().clear().append($createParagraphNode()).selectEnd()),
  };
}
