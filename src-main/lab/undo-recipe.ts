import { LabError } from '../contract/lab-error.ts';
import type { AppliedStep } from '../plan/applied-step.ts';
import type { RanCommand, StepOutcome } from './recipe-output.ts';
import { endedWith } from './recipe-record.ts';
import type { StepScript } from './recipe-script.ts';
import {
  byNode,
  runInGuest,
  tellEnd,
  throwIfCancelled,
  type NamedStep,
  type RecipeWork,
} from './recipe-shell.ts';

/**
 * Undoes what a recipe changed: on each node the last step first, all nodes at the same time, in one round trip each.
 * Steps that were found already so are left alone. A step that cannot be undone does not keep the others from it.
 * @param work.applied What `applyRecipe` returned, or told by `onApplied`.
 * @throws LabError `recipe-failed` when what a step did is still there afterwards; `cancelled`.
 */
export async function undoRecipe(
  work: RecipeWork & { readonly applied: readonly AppliedStep[] },
): Promise<void> {
  throwIfCancelled(work.signal);
  const toUndo = work.applied.filter(({ undo }) => undo.length > 0).toReversed();
  const failures: LabError[] = [];
  const results = await Promise.allSettled(
    byNode(toUndo).map((steps) =>
      runInGuest(work, steps.map(undoScript), (_, outcome) => {
        const step = steps[outcome.index];
        const failure = step && tellUndone(work, step, outcome);
        if (failure) failures.push(failure);
      }),
    ),
  );
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  if (failures[0]) throw failures[0];
  throwIfCancelled(work.signal);
}

/** A step's undoing, to be carried out in a guest. */
export function undoScript(step: AppliedStep): NamedStep & { readonly script: StepScript } {
  const verify = step.commands.find(({ stage }) => ['verify', 'check'].includes(stage))?.command ?? 'true';
  const { node, id, title } = step;
  return {
    ...{ node, id: `undo:${id}`, title: `Undo: ${title}` },
    script: { kind: 'undo', verify, commands: step.undo },
  };
}

/**
 * Tells how the undoing of a step ended.
 * @returns Why, when it failed. It did not where someone else had undone it before, nor where a step that failed
 * half-way had not come to what was to be undone.
 */
export function tellUndone(
  work: RecipeWork,
  step: AppliedStep,
  { state, ran, milliseconds }: StepOutcome,
): LabError | undefined {
  const failed = state === 'failed' && step.state !== 'failed';
  const harm = failed && !staysLoaded(step, ran);
  tellEnd(work, undoScript(step), harm ? 'failed' : 'done', milliseconds);
  return failed ? undoFailed(step, ran) : undefined;
}

/**
 * Whether all that could not be undone is that a kernel module stays loaded, which something holds: what it did was undone
 * before, and alone it changes nothing.
 */
export function staysLoaded({ undo }: AppliedStep, ran: readonly RanCommand[]): boolean {
  const failed = undo.filter((_, index) => (ran[index]?.exitCode ?? 0) !== 0);
  return failed.length > 0 && failed.every((command) => /(^|\|\| )modprobe -r /.test(command));
}

function undoFailed({ node, title, undo }: AppliedStep, ran: readonly RanCommand[]): LabError {
  const at = ran.findIndex(({ exitCode }) => exitCode !== 0);
  const failed = ran[at] && { ...ran[at], command: undo[at] ?? '' };
  return new LabError('recipe-failed', `'${title}' could not be undone on ${node}.`, {
    node,
    step: title,
    why: endedWith(failed, failed?.output),
    remedy: 'Mend that on the node, or reset the lab.',
  });
}
