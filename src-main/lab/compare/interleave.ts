/** One measured load of a comparison. */
export interface Turn<Case> {
  /** From 1. */
  readonly round: number;
  readonly of: Case;
}

/**
 * The order in which cases are measured: each round has every case once, and begins with another than the round before.
 * What drifts with time, such as the host's load, then falls on all cases alike.
 */
export function interleave<Case>(cases: readonly Case[], rounds: number): Turn<Case>[] {
  return Array.from({ length: rounds }, (_, round) =>
    cases.map((__, index) => ({ round: round + 1, index: (index + round) % cases.length })),
  )
    .flat()
    .flatMap(({ round, index }) => {
      const of = cases[index];
      return of === undefined ? [] : [{ round, of }];
    });
}
