/** A chat as WhatsApp Web has it: Lexical, Enter and a button send, the input is emptied when a file is taken. */
import { mount } from './lexical.js';

const box = document.querySelector('[role="textbox"]');
const input = document.querySelector('input[type="file"]');
const shelf = document.querySelector('.attachments');
let files = [];

function show() {
  shelf.replaceChildren(...files.map((file) => Object.assign(new Image(), { src: URL.createObjectURL(file), alt: file.name })));
}

function send(event) {
  if (!editor.text().trim() && !files.length) return true;
  window.post(editor.text(), files, event);
  editor.clear();
  files = [];
  show();
  return true;
}

const editor = mount(box, (event) => {
  if (event.shiftKey || event.isComposing || event.keyCode === 229) return false;
  event.preventDefault();
  return send(event);
});
document.querySelector('button[aria-label="Send"]').addEventListener('click', send);
input.addEventListener('change', () => {
  files = [...files, ...input.files];
  input.value = '';
  show();
});
