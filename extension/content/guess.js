/**
 * Composers of a site that no entry describes: told by what they are, how large they
 * are and what they say of themselves. A guess is careful with Enter: where nothing says
 * that it sends, only Ctrl or Cmd with Enter is taken for a send.
 */
const guess = (() => {
  const NARROWEST = 140;
  const LOWEST = 18;
  const CHAT_HEIGHT = 90;
  const NO_DRAFT = /search|find|filter|password|captcha|coupon|title|subject|code|tìm|mật khẩu|搜索|查找|搜尋|密码|验证码|检索/i;
  const CHAT = /message|chat|ask|prompt|reply to|nhắn|tin nhắn|trò chuyện|hỏi|消息|訊息|聊天|提问|问我|发送给|сообщени|メッセージ|메시지/i;
  const MACHINE = /\b(ai|gpt|llm|assistant|prompt|copilot|claude|gemini)\b|trợ lý|助手|大模型/i;

  /** What a box says of itself. @param {HTMLElement} box */
  function sayings(box) {
    const names = ['aria-label', 'placeholder', 'aria-placeholder', 'data-placeholder', 'name', 'id'];
    return names.map((name) => box.getAttribute(name) ?? '').join(' ');
  }

  /**
   * Room for prose, and not a field for a search, a name or a code.
   * @param {HTMLElement} box
   */
  function fits(box) {
    if (box.matches('[readonly], [disabled], [aria-hidden="true"]') || box.parentElement?.isContentEditable) return false;
    if (box.closest('[role="search"], [role="searchbox"], [role="combobox"], form[action*="search" i]')) return false;
    const { width, height } = box.getBoundingClientRect();
    return width >= NARROWEST && height >= LOWEST && !NO_DRAFT.test(sayings(box));
  }

  /**
   * A kind as it is for this box: a low box that speaks of messages is a chat.
   * @param {Kind} kind
   * @param {HTMLElement} box
   * @returns {Kind}
   */
  function tune(kind, box) {
    const said = sayings(box);
    const sends = box.getAttribute('enterkeyhint') === 'send' || (CHAT.test(said) && box.getBoundingClientRect().height <= CHAT_HEIGHT);
    if (!sends) return kind;
    const machine = MACHINE.test(said);
    return { ...kind, enter: 'send', channel: machine ? 'ai' : 'message', audience: machine ? 'ai service' : 'one person' };
  }

  return { fits, tune };
})();
