/** A character that no blank is put beside: Han, kana, and the punctuation that goes with them. */
const wide = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー、。，：；！？（）「」『』“”]';
const mark = '[、。，：；！？）」』]';

/** What a line's end, or YAML's folding of it, leaves between two such characters, or after such a mark. */
const stray = new RegExp(`(?<=${wide})(?: +|\\n *)(?=${wide})|(?<=${mark})(?: +|\\n *)(?=[\\w\`])`, 'gu');

/**
 * Takes the blanks out of Chinese and Japanese texts that come from their lines' ends: both languages are written without.
 * Lines that begin a list or another paragraph stay.
 * @param value What was read from a YAML file; not changed.
 */
export function unfold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unfold);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      (key === 'ja' || key === 'zh-CN') && typeof part === 'string' ? part.replace(stray, '') : unfold(part),
    ]),
  );
}
