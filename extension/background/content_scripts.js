/**
 * The content scripts, in the order in which they are loaded. This is the only list:
 * a file may use the nouns of those above it, and a test compares it with the folder.
 */
export const CONTENT_SCRIPTS = [
  'content/words.js',
  'content/link.js',
  'content/wishes.js',
  'content/nodes.js',
  'content/hooks.js',
  'content/verbs.js',
  'content/guess.js',
  'content/site.js',
  'content/thread.js',
  'content/structure.js',
  'content/reader.js',
  'content/styles.js',
  'content/surface.js',
  'content/cover.js',
  'content/pictures.js',
  'content/faults.js',
  'content/files.js',
  'content/watch.js',
  'content/remedies.js',
  'content/findings.js',
  'content/chip.js',
  'content/marks.js',
  'content/card.js',
  'content/dialog.js',
  'content/toast.js',
  'content/replay.js',
  'content/hold.js',
  'content/outgoing.js',
  'content/upload.js',
  'content/selftest.js',
  'content/picking.js',
  'content/welcome.js',
];

/** What runs in the page's own world, on sites that need it; it comes first, so that the two halves meet. */
export const PAGE_SCRIPTS = ['page/outgoing.js'];
