/** A failure that set-up expects: shown as it is, without a stack. */
export class SetupError extends Error {
  /**
   * @param {string} message What failed.
   * @param {{ why?: string | undefined, remedy?: string | undefined }} [details] The tool's last words, and what to do next.
   */
  constructor(message, { why, remedy } = {}) {
    super(message);
    this.why = why;
    this.remedy = remedy;
  }
}
