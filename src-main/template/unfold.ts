/** A character that no blank is put beside: Han, kana, and the punctuation that goes with them. */
const wide = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー、。，：；！？（）「」『』“”]';
const mark = '[、。，：；！？）」』]';

/** What YAML's folding of a line's end leaves between two such characters, or after such a mark. */
const stray = new RegExp(`(?<=${wide}) +(?=${wide})|(?<=${mark}) +(?=[\\w\`])`, 'gu');
/** A line's end between the same, as a literal text of YAML has it. */
const strayEnd = new RegExp(`(?:${wide}\\n *${wide}|${mark}\\n *[\\w\`])`, 'u');

/** Where Markdown begins a list item, a heading, a quote or a table's row: never the rest of the line before. */
const block = /^\s*(?:[-*+] |\d+[.)] |#{1,6} |>|\|)/;
/** Lines that end with themselves. */
const closed = /^\s*(?:#{1,6} |\|)/;
const fence = /^\s*(?:[-*+] +|\d+[.)] +)?(`{3,}(?!.*`)|~{3,})/;

/**
 * Takes the blanks out of Chinese and Japanese texts that come from their lines' ends: both languages are written without.
 * Lines that begin a list, a heading or another paragraph stay, and so does what is in a fenced block.
 * @param value What was read from a YAML file; not changed.
 */
export function unfold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unfold);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      (key === 'ja' || key === 'zh-CN') && typeof part === 'string' ? unfoldText(part) : unfold(part),
    ]),
  );
}

function unfoldText(text: string): string {
  const lines: string[] = [];
  /** What the open fence was made with. */
  let open: string | undefined;
  /** What the next line may be the rest of. */
  let last: string | undefined;
  for (const line of text.split('\n')) {
    const before = open;
    open = openAfter(open, line);
    const fenced = before !== undefined || open !== undefined;
    const own = fenced ? line : line.replace(stray, '');
    const rest = !fenced && last !== undefined && isRestOf(last, own);
    const whole = rest ? `${last ?? ''}${own.trimStart()}` : own;
    if (rest) lines.pop();
    lines.push(whole);
    last = fenced || closed.test(whole) ? undefined : whole;
  }
  return lines.join('\n');
}

function isRestOf(last: string, line: string): boolean {
  return !block.test(line) && strayEnd.test(`${last}\n${line}`);
}

/** The fence that is open after a line. */
function openAfter(open: string | undefined, line: string): string | undefined {
  if (open === undefined) return fence.exec(line)?.[1];
  return line.trim().startsWith(open) ? undefined : open;
}
