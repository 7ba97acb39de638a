import type { Ledger } from './ledger.ts';

/** Of one text as many differences are looked for; after that it is another text. */
const mostDifferences = 20;
/** So many pieces ahead a text is looked for again after something was put in or taken out. */
const farthest = 200;
/** Characters of either text that a finding shows. */
const shown = 120;

/** Holds a text against what it should be, line by line and, where lines are long, element by element. */
export function checkText(ledger: Ledger, file: string, expected: string, found: string): void {
  if (expected === found) return;
  const lines = createLineCounter(found);
  for (const { at, left, right } of textDifferences(expected, found)) {
    const place = [`line ${lines(at)}`, ...headingBefore(found, at)].join(', ');
    const [leftShown, rightShown] = aroundDifference(left, right);
    ledger.find({ file, what: place, expected: leftShown, found: rightShown });
  }
}

interface TextDifference {
  /** Where it begins in the text that was found. */
  readonly at: number;
  readonly left: string;
  readonly right: string;
}

function textDifferences(expected: string, found: string): TextDifference[] {
  const [ours, theirs] = [pieces(expected), pieces(found)];
  const differences: TextDifference[] = [];
  let [i, j, at] = [0, 0, 0];
  while ((i < ours.length || j < theirs.length) && differences.length < mostDifferences) {
    if (ours[i] === theirs[j]) {
      at += theirs[j]?.length ?? 0;
      [i, j] = [i + 1, j + 1];
      continue;
    }
    const [skipOurs, skipTheirs] = meetAgain(ours, theirs, i, j);
    const right = theirs.slice(j, j + skipTheirs).join('');
    differences.push({ at, left: ours.slice(i, i + skipOurs).join(''), right });
    [i, j, at] = [i + skipOurs, j + skipTheirs, at + right.length];
  }
  return differences;
}

/** Lines, and in a line every element by itself. */
function pieces(text: string): string[] {
  return text.split(/(?<=\n)|(?=<)/);
}

/** How many pieces are to be passed over in each text until they are the same again, as few as can be. */
function meetAgain(
  ours: readonly string[],
  theirs: readonly string[],
  i: number,
  j: number,
): [number, number] {
  const most = Math.min(farthest, Math.max(ours.length - i, theirs.length - j));
  for (let all = 1; all <= 2 * most; all += 1) {
    for (let skip = Math.max(0, all - most); skip <= Math.min(all, most); skip += 1) {
      const [a, b] = [i + all - skip, j + skip];
      if (a > ours.length || b > theirs.length) continue;
      const end = a === ours.length && b === theirs.length;
      if (end || (ours[a] !== undefined && ours[a] === theirs[b] && ours[a + 1] === theirs[b + 1]))
        return [all - skip, skip];
    }
  }
  return [ours.length - i, theirs.length - j];
}

/** Tells the line, from 1, of places that come in the order of the text. */
function createLineCounter(text: string): (at: number) => number {
  let [line, from] = [1, 0];
  return (at) => {
    for (let next = text.indexOf('\n', from); next !== -1 && next < at; next = text.indexOf('\n', from)) {
      line += 1;
      from = next + 1;
    }
    return line;
  };
}

/** The heading that it stands under. */
function headingBefore(text: string, at: number): string[] {
  const before = text.slice(Math.max(0, at - 100_000), at);
  const headings = [...before.matchAll(/<h[1-6][^>]{0,200}>([^]{0,1000}?)<\/h[1-6]>|^#{1,6} (.+)$/gm)];
  const last = headings.at(-1);
  const words = (last?.[1] ?? last?.[2] ?? '').replaceAll(/<[^>]*>|\\/g, '').trim();
  return words === '' ? [] : [`under “${words.slice(0, 80)}”`];
}

/** What differs, with a little before it. */
function aroundDifference(left: string, right: string): [string, string] {
  let same = 0;
  while (same < left.length && same < right.length && left[same] === right[same]) same += 1;
  const from = Math.max(0, same - 40);
  return [excerpt(left, from), excerpt(right, from)];
}

function excerpt(text: string, from: number): string {
  if (text === '') return 'nothing';
  const cut = text.slice(from, from + shown).trimEnd();
  return `${from > 0 ? '…' : ''}${cut}${from + shown < text.length ? '…' : ''}`;
}
