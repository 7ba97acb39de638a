import { LabError } from '../contract/lab-error.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import { endedWith } from './recipe-record.ts';
import { byNode, namedStep, runInGuest, throwIfCancelled, type RecipeWork } from './recipe-shell.ts';

/** A step whose wanted state a node has not. */
export interface Drift {
  readonly step: PlannedStep;
  /** The command that found it, how it ended and what it said. */
  readonly why: string;
  /** What the node has in that place, where the step shows it. */
  readonly has: readonly string[];
}

/**
 * Looks at every step without changing anything, in one round trip a node.
 * @returns What does not hold, in the order of the steps.
 * @throws LabError `cancelled`; whatever the shells throw.
 */
export async function findDrift(
  work: RecipeWork & { readonly steps: readonly PlannedStep[] },
): Promise<Drift[]> {
  throwIfCancelled(work.signal);
  const drift: Drift[] = [];
  await Promise.all(
    byNode(work.steps).map((steps) =>
      runInGuest(
        // A look is no progress of the steps themselves.
        { ...work, onProgress: undefined },
        steps.map((step) => ({
          ...namedStep(step),
          script: { kind: 'verify', verify: step.verify, shows: step.shows },
        })),
        (_, { index, state, ran }) => {
          const step = steps[index];
          if (!step || state !== 'failed') return;
          const exitCode = ran[0]?.exitCode ?? 1;
          const shown = ran.find(({ stage }) => stage === 'show')?.output ?? '';
          drift.push({
            step,
            why: endedWith({ command: step.verify, exitCode }, ran[0]?.output),
            has: shown.split('\n').filter(Boolean),
          });
        },
      ),
    ),
  );
  throwIfCancelled(work.signal);
  return drift.sort((a, b) => work.steps.indexOf(a.step) - work.steps.indexOf(b.step));
}

/** @throws LabError `recipe-failed` of the first step that does not hold, with all of them as the reason; `cancelled`. */
export async function verifyRecipe(
  work: RecipeWork & { readonly steps: readonly PlannedStep[] },
): Promise<void> {
  const drift = await findDrift(work);
  const [first] = drift;
  if (!first) return;
  throw new LabError('recipe-failed', 'What the recipe sets up is not all there.', {
    node: first.step.node,
    step: first.step.title.en,
    why: drift.map(({ step, why }) => `${step.node}: '${step.title.en}' does not hold: ${why}`).join('\n'),
    remedy: 'Apply the recipe again: what is done already is left alone.',
  });
}
