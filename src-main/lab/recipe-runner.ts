import { LabError } from '../contract/lab-error.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import type { AppliedStep } from './recipe-applied.ts';
import type { RanCommand } from './recipe-output.ts';
import { appliedStep, endedWith, keyOf, recipeFailed } from './recipe-record.ts';
import {
  byNode,
  runInGuest,
  tellEnd,
  throwIfCancelled,
  type NamedStep,
  type RecipeWork,
} from './recipe-shell.ts';

export interface ApplyWork extends RecipeWork {
  readonly steps: readonly PlannedStep[];
  /** What an earlier apply returned: what it changed stays undoable, though its steps are found already so now. */
  readonly previous?: readonly AppliedStep[] | undefined;
  /** Hears the record as it grows, to keep it: when apply fails or is cancelled, it is what there is to undo. */
  readonly onApplied?: ((applied: readonly AppliedStep[]) => void) | undefined;
}

/**
 * Applies a recipe: each step is verified first and left alone where it holds already; else what was is kept, its
 * commands are run, and it is verified. Nodes work at the same time, each in one round trip, but where a step is to
 * come after another on all nodes. When one node fails, the others end what is under way.
 * @throws LabError `recipe-failed` with the node, the step and the command's last words; `cancelled`.
 */
export async function applyRecipe(work: ApplyWork): Promise<AppliedStep[]> {
  throwIfCancelled(work.signal);
  const record = new Map(work.previous?.map((step) => [keyOf(step), step]));
  const over = new Map(work.steps.map((step) => [step, Promise.withResolvers<undefined>()]));
  const failures: unknown[] = [];

  const applyNode = async (steps: readonly PlannedStep[]) => {
    for (const chunk of roundTrips(steps)) {
      const needed = work.steps.filter(({ step }) => chunk[0]?.after.includes(step));
      for (const step of needed) await over.get(step)?.promise;
      if (failures.length > 0 || work.signal?.aborted) return;
      await applyChunk(work, chunk, record);
      for (const step of chunk) over.get(step)?.resolve(undefined);
    }
  };
  await Promise.all(
    byNode(work.steps).map(async (steps) => {
      try {
        await applyNode(steps);
      } catch (error) {
        failures.push(error);
      } finally {
        // No other node waits for one that goes no further.
        for (const step of steps) over.get(step)?.resolve(undefined);
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
  throwIfCancelled(work.signal);
  return work.steps.flatMap((step) => record.get(keyOf(step)) ?? []);
}

/** A node's steps, parted before each that waits for other nodes. */
function roundTrips(steps: readonly PlannedStep[]): PlannedStep[][] {
  const chunks: PlannedStep[][] = [];
  for (const step of steps) {
    if (step.after.length > 0 || chunks.length === 0) chunks.push([]);
    chunks.at(-1)?.push(step);
  }
  return chunks;
}

async function applyChunk(
  work: ApplyWork,
  chunk: readonly PlannedStep[],
  record: Map<string, AppliedStep>,
): Promise<void> {
  let failed: { step: PlannedStep; ran: readonly RanCommand[] } | undefined;
  const scripts = chunk.map((step) => ({
    ...named(step),
    script: {
      kind: 'apply' as const,
      verify: step.verify,
      before: Object.values(step.before),
      commands: step.commands,
    },
  }));
  const { stderr } = await runInGuest(work, scripts, (named, outcome) => {
    const step = chunk[outcome.index];
    if (!step) return;
    record.set(keyOf(step), appliedStep(step, outcome, record.get(keyOf(step))));
    work.onApplied?.([...record.values()]);
    tellEnd(work, named, outcome.state === 'applied' ? 'done' : outcome.state, outcome.milliseconds);
    if (outcome.state === 'failed') failed = { step, ran: outcome.ran };
  });
  if (failed) throw recipeFailed(failed.step, failed.ran, stderr);
}

function named({ node, id, title }: PlannedStep): NamedStep {
  return { node, id, title: title.en };
}

/**
 * Looks at every step without changing anything, in one round trip a node.
 * @throws LabError `recipe-failed` of the first step that does not hold, with all of them as the reason; `cancelled`.
 */
export async function verifyRecipe(
  work: RecipeWork & { readonly steps: readonly PlannedStep[] },
): Promise<void> {
  throwIfCancelled(work.signal);
  const wrong: { step: PlannedStep; why: string }[] = [];
  await Promise.all(
    byNode(work.steps).map((steps) =>
      runInGuest(
        // A look is no progress of the steps themselves.
        { ...work, onProgress: undefined },
        steps.map((step) => ({ ...named(step), script: { kind: 'verify', verify: step.verify } })),
        (_, { index, state, ran }) => {
          const step = steps[index];
          if (!step || state !== 'failed') return;
          const { title, node, verify: command } = step;
          const ended = endedWith({ command, exitCode: ran[0]?.exitCode ?? 1 }, ran[0]?.output);
          wrong.push({ step, why: `${node}: '${title.en}' does not hold: ${ended}` });
        },
      ),
    ),
  );
  throwIfCancelled(work.signal);
  // Nodes answer in any order; the reader gets the recipe's.
  wrong.sort((a, b) => work.steps.indexOf(a.step) - work.steps.indexOf(b.step));
  const [first] = wrong;
  if (!first) return;
  throw new LabError('recipe-failed', 'What the recipe sets up is not all there.', {
    node: first.step.node,
    step: first.step.title.en,
    why: wrong.map(({ why }) => why).join('\n'),
    remedy: 'Apply the recipe again: what is done already is left alone.',
  });
}

/**
 * Undoes what a recipe changed: on each node the last step first, all nodes at the same time, in one round trip each.
 * Steps that were found already so are left alone. A step that cannot be undone does not keep the others from it.
 * @param work.applied What `applyRecipe` returned, or told by `onApplied`.
 * @throws LabError `recipe-failed` when a step that was applied could not be undone; `cancelled`.
 */
export async function undoRecipe(
  work: RecipeWork & { readonly applied: readonly AppliedStep[] },
): Promise<void> {
  throwIfCancelled(work.signal);
  const toUndo = work.applied.filter(({ undo }) => undo.length > 0).toReversed();
  const failures: LabError[] = [];
  const results = await Promise.allSettled(
    byNode(toUndo).map((steps) =>
      runInGuest(
        work,
        steps.map((step) => ({ ...step, script: { kind: 'undo', commands: step.undo } })),
        (step, { index, state, ran, milliseconds }) => {
          const applied = steps[index];
          // Of a step that failed half-way, some of what it would have changed is not there to be undone.
          const failed = state === 'failed' && applied?.state !== 'failed';
          tellEnd(work, step, failed ? 'failed' : 'done', milliseconds);
          if (failed && applied) failures.push(undoFailed(applied, ran));
        },
      ),
    ),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  if (failures[0]) throw failures[0];
  throwIfCancelled(work.signal);
}

function undoFailed({ node, title, undo }: AppliedStep, ran: readonly RanCommand[]): LabError {
  const at = ran.findIndex(({ exitCode }) => exitCode !== 0);
  const failed = ran[at] && { ...ran[at], command: undo[at] ?? '' };
  return new LabError('recipe-failed', `'${title}' could not be undone on ${node}.`, {
    node,
    step: title,
    why: endedWith(failed, failed?.output),
    remedy: 'Mend that on the node, or take the lab down and start it again.',
  });
}
