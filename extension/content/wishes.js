/** What the person, or an administrator, wishes of these scripts; the worker tells it and says when it changes. */
const wishes = (() => {
  /** @type {Wishes} */
  let known = { marks: false, chats: false, mayShareStopped: true, mayQuieten: false };
  /** @type {(() => void)[]} */
  const watchers = [];

  /** @param {Wishes | null | undefined} told */
  function learn(told) {
    if (!told) return;
    known = told;
    for (const watcher of watchers) watcher();
  }

  chrome.runtime.onMessage.addListener((message, sender) => {
    if (sender.id === chrome.runtime.id && message?.type === 'paused') learn(message.wishes);
  });

  return {
    learn,
    marks: () => known.marks,
    chats: () => known.chats,
    mayShareStopped: () => known.mayShareStopped,
    mayQuieten: () => known.mayQuieten,
    onChange: (/** @type {() => void} */ watcher) => watchers.push(watcher),
  };
})();
