/** Quill in the place of an element. */
import Quill from 'quill';

window.mountEditor = (place) => {
  const holder = document.createElement('div');
  place.replaceWith(holder);
  const quill = new Quill(holder, { modules: { toolbar: false } });
  for (const { name, value } of place.attributes) quill.root.setAttribute(name, name === 'class' ? `ql-editor ${value}` : value);
  return { text: () => quill.getText().replace(/\n$/, ''), clear: () => quill.setContents([]) };
};
