/** Draft.js in the place of an element. */
import { ContentState, Editor, EditorState } from 'draft-js';
import { createElement as h, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

window.mountEditor = (place) => {
  let state = EditorState.createEmpty();
  let set = () => {};
  function Box() {
    const [now, change] = useState(state);
    state = now;
    set = change;
    return h(Editor, { editorState: now, onChange: change, role: 'textbox', ariaMultiline: true, webDriverTestID: place.getAttribute('data-testid') ?? undefined });
  }
  const holder = document.createElement('div');
  place.replaceWith(holder);
  flushSync(() => createRoot(holder).render(h(Box)));
  return {
    text: () => state.getCurrentContent().getPlainText('\n'),
    clear: () => set(EditorState.moveFocusToEnd(EditorState.push(state, ContentState.createFromText(''), 'remove-range'))),
  };
};
