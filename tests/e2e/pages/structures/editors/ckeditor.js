/** CKEditor 5, inline, in an element of the page. */
import { Bold, Essentials, InlineEditor, Paragraph } from 'ckeditor5';

window.mountEditor = async (place) => {
  const attributes = [...place.attributes].map(({ name, value }) => [name, value]);
  const editor = await InlineEditor.create(place, { licenseKey: 'GPL', plugins: [Essentials, Paragraph, Bold] });
  editor.editing.view.change((writer) => {
    for (const [name, value] of attributes) if (name !== 'class') writer.setAttribute(name, value, editor.editing.view.document.getRoot());
  });
  const lines = () => [...editor.model.document.getRoot().getChildren()].map((block) => [...block.getChildren()].map((node) => node.data ?? '\n').join(''));
  return { text: () => lines().join('\n'), clear: () => editor.setData('') };
};
