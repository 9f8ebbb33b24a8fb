/** A textarea whose value React holds: what is not told to React by an input event is undone. */
import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';

window.mountEditor = (place) => {
  const given = Object.fromEntries([...place.attributes].map(({ name, value }) => [name === 'class' ? 'className' : name, value]));
  let value = '';
  let set = () => {};
  function Box() {
    const [now, change] = useState('');
    value = now;
    set = change;
    return h('textarea', { ...given, value: now, onChange: ({ target }) => change(target.value) });
  }
  const holder = document.createElement('div');
  place.replaceWith(holder);
  flushSync(() => createRoot(holder).render(h(Box)));
  return { text: () => value, clear: () => set('') };
};
