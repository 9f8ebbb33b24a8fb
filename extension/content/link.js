/**
 * The link to the worker. Every answer is a value or a {@link Fault}; nothing is
 * thrown for a fault, so that no caller can forget it and look clear.
 */
const link = (() => {
  /**
   * @param {string} type
   * @param {unknown} [data]
   * @param {number} [timeout] milliseconds; the worker has its own, shorter ones
   * @returns {Promise<{value?: any, error?: Fault}>}
   */
  async function ask(type, data = {}, timeout = 6000) {
    if (orphaned()) return failure('orphaned');
    try {
      const answer = await Promise.race([chrome.runtime.sendMessage({ type, data }), late(timeout)]);
      return answer ?? failure('worker');
    } catch {
      return failure(orphaned() ? 'orphaned' : 'worker');
    }
  }

  /** After an update or removal the extension's id is gone from this world. */
  function orphaned() {
    return !chrome.runtime?.id;
  }

  /** @param {number} timeout */
  function late(timeout) {
    return new Promise((resolve) => setTimeout(resolve, timeout, failure('slow')));
  }

  /** @param {FaultKind} kind */
  function failure(kind) {
    return { error: { kind, detail: '' } };
  }

  return { ask, orphaned };
})();
