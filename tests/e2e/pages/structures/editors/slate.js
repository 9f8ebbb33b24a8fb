/** Slate in the place of an element. */
import { createElement as h } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createEditor, Editor, Node, Transforms } from 'slate';
import { withHistory } from 'slate-history';
import { Editable, Slate, withReact } from 'slate-react';

const EMPTY = [{ type: 'paragraph', children: [{ text: '' }] }];

window.mountEditor = (place) => {
  const editor = withHistory(withReact(createEditor()));
  const given = Object.fromEntries([...place.attributes].map(({ name, value }) => [name === 'class' ? 'className' : name, value]));
  const holder = document.createElement('div');
  place.replaceWith(holder);
  const box = h(Editable, { role: 'textbox', placeholder: 'Write something', ...given });
  flushSync(() => createRoot(holder).render(h(Slate, { editor, initialValue: structuredClone(EMPTY) }, box)));
  return {
    text: () => editor.children.map((node) => Node.string(node)).join('\n'),
    clear: () => {
      Transforms.delete(editor, { at: { anchor: Editor.start(editor, []), focus: Editor.end(editor, []) } });
      while (editor.children.length > 1) Transforms.removeNodes(editor, { at: [0] });
    },
  };
};
