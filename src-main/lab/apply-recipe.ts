import type { LabError } from '../contract/lab-error.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import type { AppliedStep } from '../plan/applied-step.ts';
import type { RanCommand } from './recipe-output.ts';
import { appliedStep, keyOf, recipeFailed } from './recipe-record.ts';
import { byNode, namedStep, runInGuest, tellEnd, throwIfCancelled, type RecipeWork } from './recipe-shell.ts';
import { staysLoaded, tellUndone, undoScript } from './undo-recipe.ts';

export interface ApplyWork extends RecipeWork {
  readonly steps: readonly PlannedStep[];
  /** What each node undoes first, in this order and in the same round trip as its first steps. */
  readonly undo?: readonly AppliedStep[] | undefined;
  /** What an earlier apply returned: what it changed stays undoable, though its steps are found already so now. */
  readonly previous?: readonly AppliedStep[] | undefined;
  /** Hears the record as it grows, to keep it: when apply fails or is cancelled, it is what there is to undo. */
  /** Hears what could not be undone and does no harm: a module that stays loaded, a step that is applied again. */
  readonly onStays?: ((stays: LabError) => void) | undefined;
  readonly onApplied?: ((applied: readonly AppliedStep[]) => void) | undefined;
}

/** What one round trip to a node does. */
interface Chunk {
  readonly undo: readonly AppliedStep[];
  readonly steps: readonly PlannedStep[];
}

/**
 * Applies a recipe: each step is verified first and left alone where it holds already; else what was is kept, its
 * commands are run, and it is verified. Nodes work at the same time, each in one round trip, but where a step is to
 * come after another on all nodes. When one node fails, the others end what is under way.
 * @throws LabError `recipe-failed` with the node, the step and the command's last words; `cancelled`.
 */
export async function applyRecipe(work: ApplyWork): Promise<AppliedStep[]> {
  throwIfCancelled(work.signal);
  const { steps, undo = [], previous = [] } = work;
  const record = new Map([...undo, ...previous].map((step) => [keyOf(step), step]));
  const over = new Map(steps.map((step) => [step, Promise.withResolvers<undefined>()]));
  const failures: unknown[] = [];

  const applyNode = async (node: string) => {
    for (const chunk of roundTrips(work, node)) {
      const needed = steps.filter(({ step }) => chunk.steps[0]?.after.includes(step));
      for (const step of needed) await over.get(step)?.promise;
      if (failures.length > 0 || work.signal?.aborted) return;
      await applyChunk(work, chunk, record);
      for (const step of chunk.steps) over.get(step)?.resolve(undefined);
    }
  };
  await Promise.all(
    byNode([...steps, ...undo]).map(async (own) => {
      try {
        await applyNode(own[0]?.node ?? '');
      } catch (error) {
        failures.push(error);
      } finally {
        // No other node waits for one that goes no further.
        for (const step of steps) if (step.node === own[0]?.node) over.get(step)?.resolve(undefined);
      }
    }),
  );
  if (failures.length > 0) throw failures[0];
  throwIfCancelled(work.signal);
  return steps.flatMap((step) => record.get(keyOf(step)) ?? []);
}

/** A node's steps, parted before each that waits for other nodes. */
function roundTrips({ steps, undo = [] }: ApplyWork, node: string): Chunk[] {
  const own = undo.filter((step) => step.node === node);
  const chunks: PlannedStep[][] = own.length > 0 ? [[]] : [];
  for (const step of steps.filter((each) => each.node === node)) {
    if (step.after.length > 0 || chunks.length === 0) chunks.push([]);
    chunks.at(-1)?.push(step);
  }
  return chunks.map((chunk, index) => ({ undo: index === 0 ? own : [], steps: chunk }));
}

async function applyChunk(
  work: ApplyWork,
  { undo, steps }: Chunk,
  record: Map<string, AppliedStep>,
): Promise<void> {
  let failed: { step: PlannedStep; ran: readonly RanCommand[] } | undefined;
  const undoFailures: LabError[] = [];
  const undone = new Set(undo.map(keyOf));

  const scripts = [
    ...undo.map(undoScript),
    ...steps.map((step) => applyScript(step, undone.has(keyOf(step)))),
  ];
  const { stderr } = await runInGuest(work, scripts, (named, outcome) => {
    const undone = undo[outcome.index];
    const step = steps[outcome.index - undo.length];
    if (undone) {
      const failure = tellUndone(work, undone, outcome);
      if (!failure) record.delete(keyOf(undone));
      else if (staysLoaded(undone, outcome.ran)) work.onStays?.(failure);
      else undoFailures.push(failure);
    } else if (step) {
      record.set(keyOf(step), appliedStep(step, outcome, record.get(keyOf(step))));
      tellEnd(work, named, outcome.state === 'applied' ? 'done' : outcome.state, outcome.milliseconds);
      if (outcome.state === 'failed') failed = { step, ran: outcome.ran };
    }
    work.onApplied?.([...record.values()]);
  });
  if (undoFailures[0]) throw undoFailures[0];
  if (failed) throw recipeFailed(failed.step, failed.ran, stderr);
}

function applyScript(step: PlannedStep, undone: boolean) {
  const { verify, before, commands } = step;
  const script = { kind: 'apply' as const, undone, verify, before: Object.values(before), commands };
  return { ...namedStep(step), script };
}
