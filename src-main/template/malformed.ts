import { LabError } from '../contract/lab-error.ts';
import type { PlacedProblem } from './yaml-source.ts';

/** What is thrown for a file with problems: a line for each in `why`, as `file:line:column: words`. */
export function malformed(
  what: string,
  problems: readonly PlacedProblem[],
  guide = 'docs/templates.md',
): LabError {
  const many = problems.length === 1 ? 'an error' : `${problems.length} errors`;
  return new LabError('bad-input', `${what} has ${many}.`, {
    why: problems.map(({ file, line, column, words }) => `${file}:${line}:${column}: ${words}`).join('\n'),
    remedy: `Mend what is named at each line and column; ${guide} tells what each key is.`,
  });
}
