/** Why an answer could not be had; `kind` picks the words that the person reads. */
export class BackendError extends Error {
  /**
   * @param {FaultKind} kind
   * @param {string} [detail] what the server said; never words of a draft
   */
  constructor(kind, detail = '') {
    super(`${kind} ${detail}`.trim());
    this.kind = kind;
    this.detail = detail;
  }
}
