/** A post box as X has it: Draft.js in React, a button that is pressed, Ctrl and Enter. */
import { ContentState, Editor, EditorState, getDefaultKeyBinding } from 'draft-js';
import { createElement as h, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

const SEND = 'send-post';

function Composer() {
  const [state, setState] = useState(() => EditorState.createEmpty());
  const [files, setFiles] = useState([]);
  const pressed = useRef(null);

  function send(event) {
    const text = state.getCurrentContent().getPlainText('\n');
    if (!text.trim() && !files.length) return;
    window.post(text, files.map(({ file }) => file), event);
    setState(EditorState.moveFocusToEnd(EditorState.push(state, ContentState.createFromText(''), 'remove-range')));
    setFiles([]);
  }

  /** X takes the files over, shows them, and empties the input. */
  function take({ target }) {
    setFiles([...files, ...[...target.files].map((file) => ({ file, url: URL.createObjectURL(file) }))]);
    target.value = '';
  }

  function bind(event) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return getDefaultKeyBinding(event);
    pressed.current = event.nativeEvent;
    return SEND;
  }

  function command(name) {
    if (name !== SEND) return 'not-handled';
    send(pressed.current);
    return 'handled';
  }

  return h('div', { className: 'panel' },
    h('div', { className: 'box' }, h(Editor, {
      editorState: state, onChange: setState, keyBindingFn: bind, handleKeyCommand: command, spellCheck: true,
      ariaLabel: 'Post text', ariaMultiline: true, role: 'textbox', webDriverTestID: 'tweetTextarea_0', placeholder: 'What is happening?!',
    })),
    h('div', { 'data-testid': 'attachments', className: 'attachments' }, files.map(({ file, url }) => h('img', { key: url, src: url, alt: file.name }))),
    h('div', { 'data-testid': 'toolBar', className: 'row' },
      h('input', { 'data-testid': 'fileInput', type: 'file', multiple: true, accept: 'image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime', onChange: take }),
      h('button', { 'data-testid': 'tweetButtonInline', type: 'button', role: 'button', className: 'send', onClick: (event) => send(event.nativeEvent) }, h('span', {}, 'Post'))));
}

createRoot(document.getElementById('root')).render(h(Composer));
