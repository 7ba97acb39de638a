/** One thing that is proved of an image. */
export interface Check {
  readonly title: string;
  /** Titles of checks without which this one cannot be run. */
  readonly needs?: readonly string[];
  /** @returns What was found, in a few words; throws when it does not hold, `NotApplicable` when there is nothing to prove. */
  readonly run: () => Promise<string>;
}

/** Thrown by a check of something that this image has not. */
export class NotApplicable extends Error {}

/** How a check ended. */
export interface CheckOutcome {
  readonly title: string;
  readonly verdict: 'passed' | 'failed' | 'not run' | 'does not apply';
  readonly seconds: number;
  /** What was found, or why not. */
  readonly found: string;
}

/**
 * Runs checks in their order. One that needs another which has not passed is not run.
 * @param tell Hears each check that begins and each that has ended.
 */
export async function runChecks(
  checks: readonly Check[],
  tell: (event: string | CheckOutcome) => void,
): Promise<CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const check of checks) {
    const missing = check.needs?.find(
      (title) => outcomes.find((outcome) => outcome.title === title)?.verdict !== 'passed',
    );
    if (missing === undefined) tell(check.title);
    const outcome =
      missing === undefined
        ? await runCheck(check)
        : { title: check.title, verdict: 'not run' as const, seconds: 0, found: `needs: ${missing}` };
    tell(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function runCheck({ title, run }: Check): Promise<CheckOutcome> {
  const began = performance.now();
  const ended = (verdict: CheckOutcome['verdict'], found: string) => ({
    ...{ title, verdict, found },
    seconds: (performance.now() - began) / 1000,
  });
  try {
    return ended('passed', await run());
  } catch (error) {
    const verdict = error instanceof NotApplicable ? 'does not apply' : 'failed';
    return ended(verdict, error instanceof Error ? error.message : String(error));
  }
}
