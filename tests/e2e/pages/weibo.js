/** The post box as Weibo has it: a textarea; the button and Ctrl with Enter send. */
const box = document.querySelector('textarea');
const input = document.querySelector('input[type="file"]');

function send(event) {
  if (!box.value.trim() && !input.files.length) return;
  window.post(box.value, input.files, event);
  box.value = '';
  input.value = '';
}

box.addEventListener('keydown', (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send(event));
document.querySelector('button').addEventListener('click', send);
