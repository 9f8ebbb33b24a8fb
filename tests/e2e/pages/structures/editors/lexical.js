/** Lexical in an element of the page. */
import { mount } from '../../lexical.js';

window.mountEditor = (place) => {
  place.setAttribute('contenteditable', 'true');
  return mount(place);
};
