import type { DriftReport } from '../../contract/drift.ts';
import { zeroMaskIn } from '../../evidence/facts/zero-mask.ts';
import type { WorkOptions } from '../lab-context.ts';
import { recipeSteps } from '../node-set-up.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { sessionOf } from '../running-lab.ts';
import { runStep } from '../task.ts';
import { findDrift } from '../verify-recipe.ts';
import { demandNodesRun } from './demand-nodes-run.ts';

/**
 * Holds what the guests have against what the lab's recipe wants. Changes nothing.
 * @throws LabError `bad-input` while a node is down or halts: nothing is known of it then.
 */
export async function findLabDrift(lab: OwnedLab, work: WorkOptions): Promise<DriftReport> {
  await demandNodesRun(lab, lab.record.plan.nodes, 'The recipe cannot be looked at');
  const steps = await recipeSteps(lab);
  await Promise.all(lab.record.plan.nodes.map((node) => sessionTo(lab, node, work.signal)));
  const title = 'Look at every step of the recipe';
  const drift = await runStep(work, { id: 'drift', title }, () =>
    findDrift({ steps, shellOf: (node) => sessionOf(lab, node), ...work }),
  );
  return {
    mode: lab.record.plan.mode,
    steps: steps.length,
    drift: drift.map(({ step: { node, id, title, verify, commands }, has, why }) => ({
      ...{ node, id, title: title.en, verify, why, has: [...has] },
      ...mendingOf(has, commands),
    })),
  };
}

/** What is known of what a node has in the place of what was wanted, and what sets it right. */
function mendingOf(has: readonly string[], commands: readonly string[]) {
  const zero = zeroMaskIn(has);
  if (!zero) return { hint: null, commands: [...commands] };
  return { hint: zero.hint, commands: [zero.remove, ...commands] };
}
