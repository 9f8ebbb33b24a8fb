/** The post box as Facebook has it: Lexical in a dialog's form, a div that is the button. */
import { mount } from './lexical.js';

const box = document.querySelector('[role="textbox"]');
const input = document.querySelector('input[type="file"]');
const editor = mount(box);

document.querySelector('[role="button"]').addEventListener('click', (event) => {
  if (!editor.text().trim() && !input.files.length) return;
  window.post(editor.text(), input.files, event);
  editor.clear();
  input.value = '';
});
