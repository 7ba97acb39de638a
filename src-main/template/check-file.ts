import type { z } from 'zod';
import { shapeProblems } from './shape-problems.ts';
import { unfold } from './unfold.ts';
import { readYaml, type PlacedProblem, type Problem } from './yaml-source.ts';

/** A check beyond the shape: run where the parts it reads have their types, also when the file is wrong elsewhere. */
export interface FurtherCheck<Input> {
  readonly reads: readonly (keyof Input)[];
  readonly find: (value: Input) => readonly Problem[];
}

interface CheckedFile<S extends z.ZodType> {
  /** With its defaults; undefined when there are problems. */
  readonly value: z.output<S> | undefined;
  /** In the order of the lines. */
  readonly problems: readonly PlacedProblem[];
}

/** Reads YAML into a shape, and finds everything that is wrong with it at once. */
export function checkFile<S extends z.ZodType>(
  { file, text }: { file: string; text: string },
  schema: S,
  checks: readonly FurtherCheck<z.input<S>>[],
): CheckedFile<S> {
  const source = readYaml(file, text);
  if (!source.readable) return { value: undefined, problems: inOrder(source.errors) };
  const shape = shapeProblems(schema, source);
  const unreadable = new Set(shape.filter(({ readable }) => !readable).map(({ path }) => path[0]));
  // Types were checked part by part: what `find` reads is as its schema says, but for forms such as an address's.
  const further = checks
    .filter(({ reads }) => !unreadable.has(undefined) && !reads.some((part) => unreadable.has(part)))
    .flatMap(({ find }) => find(source.value as z.input<S>));
  const problems = inOrder([
    ...source.errors,
    ...[...shape, ...further].map((problem) => source.place(problem)),
  ]);
  return { value: problems.length === 0 ? schema.parse(unfold(source.value)) : undefined, problems };
}

function inOrder(problems: readonly PlacedProblem[]): PlacedProblem[] {
  return problems.toSorted((one, other) => one.line - other.line || one.column - other.column);
}

/** A folder or file and what is in it bear one name, so that either leads to the other. */
export function isNamed(expected: string): FurtherCheck<{ name: string }> {
  const words = `the file is kept under the name '${expected}', which must be its name here too`;
  return {
    reads: ['name'],
    find: ({ name }) => (name === expected ? [] : [{ path: ['name'], words: `'${name}': ${words}` }]),
  };
}
