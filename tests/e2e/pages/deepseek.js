/** The prompt box as DeepSeek has it: a textarea, a div that is the button, files that go up at once. */
const box = document.getElementById('chat-input');
const input = document.querySelector('input[type="file"]');
window.uploaded = [];

function send(event) {
  if (!box.value.trim() && !input.files.length) return;
  window.post(box.value, input.files, event);
  box.value = '';
  input.value = '';
}

box.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  send(event);
});
document.querySelector('[role="button"]').addEventListener('click', send);
input.addEventListener('change', () => window.uploaded.push(...[...input.files].map(({ name }) => name)));
