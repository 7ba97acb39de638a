import { LabError } from '../../contract/lab-error.ts';
import type { ModeSwitch } from '../../contract/mode-switch.ts';
import { modeOf } from '../../plan/plan-lab.ts';
import { planMode } from '../../plan/plan-mode.ts';
import { planRecipe, type PlannedStep } from '../../plan/plan-recipe.ts';
import { planSwitch, type CableMove, type SwitchPlan } from '../../plan/plan-switch.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { applyRecipe } from '../apply-recipe.ts';
import type { WorkOptions } from '../lab-context.ts';
import { carryOut, saveRecord, sessionTo, type OwnedLab } from '../owned-lab.ts';
import type { AppliedStep } from '../../plan/applied-step.ts';
import { inOrder } from '../recipe-changes.ts';
import { keyOf } from '../recipe-record.ts';
import { sessionOf } from '../running-lab.ts';
import { setUpOf } from '../set-up-of.ts';
import { runStep } from '../task.ts';
import { demandNodesRun } from './demand-nodes-run.ts';

/**
 * Takes a running lab from its mode to another, on the same machines: cables are moved, what only the old mode wants is
 * undone, what only the new one wants is applied, and every step of the new recipe is verified.
 * When it fails or is cancelled the lab is `failed`, and a reset brings it up clean in the new mode.
 * @throws LabError `bad-input` for a mode the lab has not or is in already, or a node that is down; nothing is changed.
 */
export async function switchMode(lab: OwnedLab, mode: string, work: WorkOptions): Promise<ModeSwitch> {
  const { plan: before } = lab.record;
  if (before.mode === mode)
    throw new LabError('bad-input', `The lab '${before.name}' is in mode ${mode} already.`);
  const template = await loadTemplate(lab.context.templatesFolder, before.template);
  const after = planMode(before, template, mode);
  const wanted = planRecipe(modeOf(template, mode).recipe, after);
  const change = planSwitch({ before, after }, lab.record.applied, wanted);
  await demandNodesRun(lab, before.nodes, 'The mode cannot be switched');
  await Promise.all(after.nodes.map((node) => sessionTo(lab, node, work.signal)));
  const began = performance.now();
  await carryOut(lab, 'switch', work, async (_enter, weighed) => {
    await saveRecord(lab, { plan: after });
    await moveCables(lab, change.moves, weighed);
    await changeOver(lab, change, wanted, weighed);
  });
  const milliseconds = performance.now() - began;
  work.keep?.({ kind: 'set-up', setUp: setUpOf(lab.record, wanted, false) });
  return {
    ...{ from: before.mode, to: mode, moves: [...change.moves], gap: null },
    ...{ undone: change.undo.length, kept: change.keep.length, applied: change.apply.length, milliseconds },
  };
}

async function moveCables(lab: OwnedLab, moves: readonly CableMove[], work: WorkOptions): Promise<void> {
  const moved = lab.record.plan.nodes.filter(({ name }) => moves.some(({ node }) => node === name));
  await runStep(work, { id: 'cables', title: 'Move the cables' }, async (tell) => {
    for (const node of moved) await lab.cables.plug(node);
    tell({ detail: moves.map(describeMove).join(', ') || 'none is to be moved' });
  });
}

/** `director eth1 to backend` */
function describeMove({ node, nic, to }: CableMove): string {
  return `${node} ${nic} ${to === null ? 'out' : `to ${to}`}`;
}

/** What stays is looked at in the same round trip: it may have gone with something that was undone. */
async function changeOver(
  lab: OwnedLab,
  { undo, keep }: SwitchPlan<AppliedStep>,
  steps: readonly PlannedStep[],
  work: WorkOptions,
): Promise<void> {
  const keys = new Set(keep.map(keyOf));
  const previous = lab.record.applied.filter((step) => keys.has(keyOf(step)));
  const title = `Set up ${lab.record.plan.mode} in place of what was`;
  await runStep(work, { id: 'recipe', title }, async () => {
    let applied: readonly AppliedStep[] = [...undo, ...previous];
    try {
      await applyRecipe({
        ...{ undo, steps, previous, shellOf: (node: string) => sessionOf(lab, node), ...work },
        onApplied: (so) => (applied = so),
      });
    } finally {
      await saveRecord(lab, { applied: inOrder(applied, steps) });
    }
  });
}
