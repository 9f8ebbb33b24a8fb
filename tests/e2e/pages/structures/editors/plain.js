/** An element that is editable, and nothing else: each line after the first is a block that the browser makes. */
window.mountEditor = (place) => {
  place.setAttribute('contenteditable', 'true');
  const lines = () => {
    const copy = place.cloneNode(true);
    copy.normalize();
    return [...copy.childNodes].filter(({ nodeName }) => nodeName !== 'BR').map(({ textContent }) => textContent);
  };
  return { text: () => lines().join('\n'), clear: () => place.replaceChildren() };
};
