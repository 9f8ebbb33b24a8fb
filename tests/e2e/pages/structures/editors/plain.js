/** An element that is editable, and nothing else. */
window.mountEditor = (place) => {
  place.setAttribute('contenteditable', 'true');
  return { text: () => place.innerText.replace(/\n$/, ''), clear: () => place.replaceChildren() };
};
