/**
 * The words of the interface. They come with the worker's hello, in the language that
 * the person chose, and stay here: a script that outlives its extension (an update
 * under an open page) can then still say so in words.
 */
const words = (() => {
  /** @type {Record<string, string>} */
  let table = {};
  let language = chrome.i18n.getUILanguage();
  const ALONE = ['faultOrphaned', 'faultWorker', 'goBack', 'shareUnchecked', 'uncheckedTitle', 'audiencePublic', 'chipUnchecked', 'name'];
  for (const key of ALONE) table[key] = chrome.i18n.getMessage(key, ['$1', '$2', '$3']);

  /**
   * @param {string} chosen
   * @param {Record<string, string>} all
   */
  function learn(chosen, all) {
    language = chosen;
    table = all;
  }

  /**
   * @param {string} key
   * @param {...(string | number)} values for $1, $2, ...
   */
  function say(key, ...values) {
    return (table[key] ?? key).replace(/\$(\d)/g, (_, place) => String(values[place - 1] ?? ''));
  }

  /**
   * Who will see it, in words: "everyone on X".
   * @param {string} audience
   * @param {string} siteName
   */
  function audience(audience, siteName) {
    /** @type {Record<string, string>} */
    const keys = {
      public: 'audiencePublic', friends: 'audienceFriends', 'one person': 'audienceChat', 'ai service': 'audienceAi', mail: 'audienceMail',
    };
    // No space between Chinese characters, where a site's name is Chinese too.
    return say(keys[audience] ?? 'audiencePublic', siteName).replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1');
  }

  return { learn, say, audience, tag: () => ({ zh: 'zh-Hans' })[language] ?? language };
})();
