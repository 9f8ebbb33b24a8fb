/**
 * What a send control says. Where a site's classes are generated, its button is known by
 * its one word, in the languages that the sites speak; sites.json names the verb.
 */
const verbs = (() => {
  const BUTTONS = 'button, [role="button"], input[type="submit"], input[type="button"]';
  const LONGEST = 40;

  /** @type {Record<string, string[]>} */
  const TABLE = {
    post: ['Post', 'Publish', 'Đăng', 'Đăng bài', '发布', '发表', '发帖', '发送', '發佈', '發布', 'Publicar', 'Publier', 'Posten', 'Veröffentlichen',
      'Pubblica', 'Plaatsen', 'Opublikuj', 'Опубликовать', 'Опублікувати',
      '投稿', '投稿する', '게시', 'โพสต์', 'Posting', 'Paylaş', 'نشر', 'पोस्ट करें'],
    share: ['Share', 'Chia sẻ', '分享', 'Compartir', 'Compartilhar', 'Partager', 'Teilen', 'Condividi', 'Delen', 'Udostępnij', 'Поделиться', 'シェア',
      'シェアする', '공유하기', 'แชร์', 'Bagikan', 'Paylaş', 'مشاركة'],
    send: ['Send', 'Send message', 'Gửi', 'Gửi tin nhắn', '发送', '傳送', '送出', '发送(S)', 'Enviar', 'Envoyer', 'Senden', 'Invia', 'Verzenden',
      'Wyślij', 'Отправить', 'Надіслати', '送信', '보내기', '전송', 'ส่ง', 'Kirim', 'Gönder', 'إرسال', 'भेजें'],
    comment: ['Comment', 'Bình luận', 'Viết bình luận', '评论', '发表评论', '留言', 'Comentar', 'Commenter', 'Kommentieren', 'Commenta', 'Reageren',
      'Skomentuj', 'Комментировать', 'コメント', 'コメントする', '댓글', 'แสดงความคิดเห็น', 'Komentar', 'Yorum yap', 'تعليق'],
    reply: ['Reply', 'Post reply', 'Trả lời', 'Gửi trả lời', '回复', '回覆', 'Responder', 'Répondre', 'Antworten', 'Rispondi', 'Beantwoorden',
      'Odpowiedz', 'Ответить', '返信', '返信する', '답글', 'ตอบกลับ', 'Balas', 'Yanıtla', 'رد'],
    answer: ['Answer', 'Trả lời', '回答', '发布回答'],
  };
  const KNOWN = new Map(Object.entries(TABLE).map(([verb, words]) => [verb, new Set(words.map(plain))]));

  /** @param {string} name */
  function plain(name) {
    return name.normalize('NFC').toLowerCase();
  }

  /**
   * The words that a button bears, or nothing for what is no button.
   * @param {Element} element
   */
  function nameOf(element) {
    if (!element.matches(BUTTONS)) return '';
    const text = element.getAttribute('aria-label') || element.getAttribute('value') || element.textContent || element.getAttribute('title') || '';
    return text.length > LONGEST * 4 ? '' : plain(text.replace(/[\s\u200b]+/g, ' ').trim()).slice(0, LONGEST);
  }

  /**
   * Whether a button says one of these verbs, or one of a site's own labels.
   * @param {Element} element
   * @param {string[]} wanted keys of the table
   * @param {string[]} [labels]
   */
  function says(element, wanted, labels = []) {
    const name = nameOf(element);
    return name !== '' && (wanted.some((verb) => KNOWN.get(verb)?.has(name)) || labels.some((label) => plain(label) === name));
  }

  return { BUTTONS, nameOf, says, all: Object.keys(TABLE) };
})();
