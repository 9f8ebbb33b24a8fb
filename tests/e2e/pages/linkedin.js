/** The post box as LinkedIn has it: Quill; a button sends. */
import Quill from 'quill';

const quill = new Quill('#editor', { placeholder: 'What do you want to talk about?', modules: { toolbar: false } });
Object.entries({ role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Text editor for creating content' }).forEach(([name, value]) => quill.root.setAttribute(name, value));

document.querySelector('button').addEventListener('click', (event) => {
  const text = quill.getText().replace(/\n$/, '');
  if (!text.trim()) return;
  window.post(text, [], event);
  quill.setContents([]);
});
