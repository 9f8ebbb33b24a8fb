/**
 * The content scripts, in the order in which they are loaded. This is the only list:
 * a file may use the nouns of those above it, and a test compares it with the folder.
 */
export const CONTENT_SCRIPTS = [
  'content/words.js',
  'content/link.js',
  'content/hooks.js',
  'content/verbs.js',
  'content/guess.js',
  'content/site.js',
  'content/reader.js',
  'content/styles.js',
  'content/surface.js',
  'content/pictures.js',
  'content/faults.js',
  'content/files.js',
  'content/watch.js',
  'content/remedies.js',
  'content/findings.js',
  'content/chip.js',
  'content/card.js',
  'content/dialog.js',
  'content/toast.js',
  'content/replay.js',
  'content/hold.js',
  'content/upload.js',
  'content/selftest.js',
  'content/welcome.js',
];
