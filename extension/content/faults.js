/** Why something could not be checked, in words that say what happened and what to do. */
const faults = (() => {
  /** @type {Record<string, string>} */
  const KEYS = {
    unpaired: 'faultUnpaired', stopped: 'faultStopped', slow: 'faultSlow', token: 'faultToken', old: 'faultOld', foreign: 'faultForeign',
    failed: 'faultFailed', busy: 'faultBusy', too_large: 'faultTooLarge', unreadable: 'faultUnreadable', refused: 'faultRefused',
    rejected: 'faultRefused',
    unproven: 'faultUnproven', unreachable: 'faultUnreachable',
    missing: 'faultLost', lost: 'faultLost', orphaned: 'faultOrphaned', worker: 'faultWorker',
  };

  /** @param {Fault} fault */
  function message({ kind }) {
    return words.say(KEYS[kind] ?? 'faultFailed');
  }

  /**
   * Whether the options page helps with it.
   * @param {Fault} fault
   */
  function isSetting({ kind }) {
    return ['unpaired', 'token', 'refused', 'stopped', 'foreign', 'old', 'unproven', 'unreachable'].includes(kind);
  }

  return { message, isSetting };
})();
