/** Tiptap with its starter kit, in the place of an element. */
import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';

window.mountEditor = (place) => {
  const attributes = Object.fromEntries([...place.attributes].map(({ name, value }) => [name, value]));
  const holder = document.createElement('div');
  place.replaceWith(holder);
  const editor = new Editor({ element: holder, extensions: [StarterKit], editorProps: { attributes: { ...attributes, class: `tiptap ${attributes.class ?? ''}` } } });
  return { text: () => editor.getText({ blockSeparator: '\n' }), clear: () => editor.commands.clearContent(true) };
};
