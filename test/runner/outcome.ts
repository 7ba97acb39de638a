import { stripVTControlCharacters } from 'node:util';

/** What a stage of the test command came to. */
export interface Outcome {
  readonly passed: number;
  /** Each with its full title and the first lines of why. */
  readonly failed: readonly string[];
  /** Full titles. */
  readonly skipped: readonly string[];
  /** What is wrong beside failed tests, as sentences: each counts as one failure. */
  readonly problems: readonly string[];
}

/** Tests that need Electron's binary carry this in their title: they alone may be skipped, and only without it. */
const electronMark = '[electron]';

/**
 * What is wrong with a stage whose tests may all have passed: that it ran none, or skipped one that runs here.
 * @param exitCode The tool's own, which knows of errors outside of tests.
 */
export function judge(outcome: Outcome, exitCode: number, hasElectron: boolean): Outcome {
  const { passed, failed, skipped } = outcome;
  const problems = [...outcome.problems];
  const forbidden = skipped.filter((title) => hasElectron || !title.includes(electronMark));
  problems.push(...forbidden.map((title) => `Skipped, though it could run here: ${title}`));
  if (passed + failed.length === 0) problems.push('No test ran.');
  if (exitCode !== 0 && failed.length === 0 && problems.length === 0) {
    problems.push(`The tests passed, and the tool ended with exit code ${exitCode}.`);
  }
  return { ...outcome, problems };
}

/** Nothing but problems: for a stage whose tool left no report. */
export function brokenStage(problem: string): Outcome {
  return { passed: 0, failed: [], skipped: [], problems: [problem] };
}

export function failures({ failed, problems }: Outcome): number {
  return failed.length + problems.length;
}

/** A failed test as it is listed at the end: why in a few lines, since the whole is above. */
export function failedTest(title: string, reason = 'no reason told'): string {
  const lines = stripVTControlCharacters(reason)
    .split('\n')
    .filter((line) => line.trim());
  return [title, ...lines.slice(0, 6).map((line) => `    ${line}`)].join('\n');
}
