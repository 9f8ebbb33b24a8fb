/** A textarea or an input, as it is. */
window.mountEditor = (place) => ({ text: () => place.value, clear: () => { place.value = ''; } });
