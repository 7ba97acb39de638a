import { styleText } from 'node:util';
import type { ReportDiff } from '../../report/diff/diff-reports.ts';
import type { Finding, Outcome, Verification } from '../../report/verify/verification.ts';
import { exitCodes } from './exit-codes.ts';

const outcomes: Readonly<Record<Outcome, string>> = {
  holds: styleText('green', '✓ It holds.'),
  'does-not-hold': styleText('red', '✗ It does not hold.'),
  'cannot-tell': styleText('yellow', '– It cannot be told whether it holds.'),
};

/** What came of verifying a report, as a person reads it: what does not hold, file by file, and what that is worth. */
export function describeVerification(verification: Verification): string {
  const { report, outcome, findings, omitted, remarks = [], checked, unchecked, limits } = verification;
  const head =
    report &&
    `${report.title}, ${report.author ?? 'without an author'}, written at ${report.writtenAt} by ${report.product}`;
  const byFile = Map.groupBy(findings, ({ file }) => file);
  return [
    ...(head === null ? [] : [styleText('bold', printable(head))]),
    outcomes[outcome],
    ...[...byFile].flatMap(([file, own]) => [
      '',
      styleText('bold', printable(file)),
      ...own.flatMap(describeFinding),
    ]),
    ...(omitted > 0 ? ['', `${omitted} more findings like these are not listed.`] : []),
    ...list('Packed otherwise than LVS Lab packs:', remarks),
    ...list('Checked:', checked),
    ...list('Not checked:', unchecked),
    '',
    limits,
  ].join('\n');
}

function describeFinding({ what, expected, found }: Finding): string[] {
  return [
    `  ${printable(what)}`,
    ...(expected === null ? [] : [`    expected ${printable(expected)}`]),
    ...(found === null ? [] : [`    found    ${printable(found)}`]),
  ];
}

function list(title: string, sentences: readonly string[]): string[] {
  return sentences.length === 0
    ? []
    : ['', title, ...sentences.map((sentence) => `  ${printable(sentence)}`)];
}

/** What others wrote may hold what moves a terminal’s cursor, or turns the direction of writing. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}|\p{Cf}/gu, (character) =>
    character === '\n' ? '⏎' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** For scripts: done where it holds, else as a lab that does not do what was promised. */
export function exitCodeOfVerification({ outcome }: Pick<Verification, 'outcome'>): number {
  return outcome === 'holds' ? exitCodes.done : exitCodes.notAsPromised;
}

/** As many differences are printed; all of them with --json. */
const mostShown = 200;

/** What is not the same in two reports, as a person reads it. */
export function describeReportDiff({ sameLab, differences }: ReportDiff): string {
  if (differences.length === 0) return 'The reports tell the same.';
  const shown = differences.slice(0, mostShown);
  return [
    ...(sameLab
      ? []
      : ['They are of two labs: what was done in them is held against each other by its order.']),
    ...shown.flatMap(({ where, left, right }) => [
      printable(where),
      `  ${styleText('red', `- ${shownValue(left)}`)}`,
      `  ${styleText('green', `+ ${shownValue(right)}`)}`,
    ]),
    ...(differences.length > mostShown
      ? [`${differences.length - mostShown} more differences are not listed.`]
      : []),
  ].join('\n');
}

function shownValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  const words = typeof value === 'string' ? value : JSON.stringify(value);
  return printable(words.length > 300 ? `${words.slice(0, 300)}…` : words);
}
