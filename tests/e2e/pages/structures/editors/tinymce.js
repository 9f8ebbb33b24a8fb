/** TinyMCE with its own iframe, in the place of an element. */
import tinymce from 'tinymce/tinymce';
import 'tinymce/icons/default';
import 'tinymce/models/dom';
import 'tinymce/themes/silver';

window.mountEditor = async (place) => {
  const target = document.createElement('textarea');
  place.replaceWith(target);
  const options = { target, license_key: 'gpl', skin: false, content_css: false, menubar: false, toolbar: false, statusbar: false, promotion: false, branding: false };
  const [editor] = await tinymce.init({ ...options, height: 420 });
  // Its own style sheet, which shows it, is left out.
  editor.getContainer().style.visibility = 'visible';
  editor.iframeElement.style.cssText = 'width: 600px; height: 420px';
  return { text: () => editor.getContent({ format: 'text' }).replace(/\n\n/g, '\n').replace(/\n$/, ''), clear: () => editor.setContent(''), frame: editor.iframeElement };
};
