import { LabError } from '../../contract/lab-error.ts';
import type { HoldersWay } from '../../contract/holders.ts';
import { message, type Message } from '../../contract/message.ts';
import type { ModeSwitch } from '../../contract/mode-switch.ts';
import { modeOf } from '../../plan/plan-lab.ts';
import { planMode } from '../../plan/plan-mode.ts';
import { planRecipe, type PlannedStep } from '../../plan/plan-recipe.ts';
import { planSwitch, type CableMove, type SwitchPlan } from '../../plan/plan-switch.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { applyRecipe } from '../apply-recipe.ts';
import { settleHolders } from '../holders/settle-holders.ts';
import type { WorkOptions } from '../lab-context.ts';
import { demandVerb } from '../lab-states.ts';
import { carryOut, saveRecord, sessionTo, type OwnedLab } from '../owned-lab.ts';
import type { AppliedStep } from '../../plan/applied-step.ts';
import { inOrder } from '../recipe-changes.ts';
import { keyOf } from '../recipe-record.ts';
import { sessionOf } from '../running-lab.ts';
import { setUpOf } from '../set-up-of.ts';
import { runStep } from '../task.ts';
import { demandNodesRun } from './demand-nodes-run.ts';

/** Which mode is wanted, and what is to become of what holds the kernel modules of the old one. */
export interface WantedMode {
  readonly mode: string;
  readonly holders?: HoldersWay | undefined;
}

/**
 * Takes a running lab from its mode to another, on the same machines: cables are moved, what only the old mode wants is
 * undone, what only the new one wants is applied, and every step of the new recipe is verified.
 * When it fails or is cancelled the lab is `failed`: the same switch may be asked for again, once what stood in its way is
 * mended, and a reset brings it up clean in the new mode.
 * @throws LabError `bad-input` for a mode the lab has not or is in already, or a node that is down; `modules-held` as
 *   `settleHolders`; nothing is changed then.
 */
export async function switchMode(
  lab: OwnedLab,
  { mode, holders }: WantedMode,
  work: WorkOptions,
): Promise<ModeSwitch> {
  const { plan: before, state } = lab.record;
  if (before.mode === mode && state !== 'failed')
    throw new LabError('bad-input', `The lab '${before.name}' is in mode ${mode} already.`);
  demandVerb(before.name, state, 'switch');
  const template = await loadTemplate(lab.context.templatesFolder, before.template);
  const after = planMode(before, template, mode);
  const wanted = planRecipe(modeOf(template, mode).recipe, after);
  const planned = planSwitch({ before, after }, doneSoFar(lab, wanted), wanted);
  await demandNodesRun(lab, before.nodes, 'The mode cannot be switched');
  await Promise.all(after.nodes.map((node) => sessionTo(lab, node, work.signal)));
  const asked = `lvslab mode ${before.name} ${mode}`;
  const settled = await settleHolders(lab, planned.undo, { way: holders, asked }, work);
  const change = { ...planned, undo: settled.undo };
  const remarks = [...settled.remarks];
  const began = performance.now();
  await carryOut(lab, 'switch', work, async (_enter, weighed) => {
    await saveRecord(lab, { plan: after });
    await moveCables(lab, change.moves, weighed);
    remarks.push(...(await changeOver(lab, change, wanted, weighed)));
  });
  const milliseconds = performance.now() - began;
  work.keep?.({ kind: 'set-up', setUp: setUpOf(lab.record, wanted, false) });
  return {
    ...{ from: before.mode, to: mode, moves: [...change.moves], gap: null },
    ...{
      undone: planned.undo.length,
      kept: change.keep.length,
      applied: change.apply.length,
      milliseconds,
      remarks,
    },
  };
}

/**
 * What is to be undone. The record of a lab that failed is not the whole truth: what was done half-way, or by hand to mend
 * it, stands in the way of steps that are made anew, so their undoing is tried for them too.
 */
function doneSoFar({ record: { applied, state } }: OwnedLab, wanted: readonly PlannedStep[]): AppliedStep[] {
  if (state !== 'failed') return [...applied];
  const undone = new Set(applied.filter(({ undo }) => undo.length > 0).map(keyOf));
  const perhaps = wanted.filter(
    (step) => step.fresh && !undone.has(keyOf(step)) && Object.keys(step.before).length === 0,
  );
  return [
    ...applied,
    ...perhaps.map(({ node, id, title, undo }) => ({
      // As one that failed: nothing is wrong where there is nothing to undo.
      ...{ node, id, title: title.en, state: 'failed' as const, undo: [...undo] },
      ...{ commands: [], milliseconds: 0 },
    })),
  ];
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
): Promise<Message[]> {
  const stays: Message[] = [];
  const keys = new Set(keep.map(keyOf));
  const previous = lab.record.applied.filter((step) => keys.has(keyOf(step)));
  const title = `Set up ${lab.record.plan.mode} in place of what was`;
  await runStep(work, { id: 'recipe', title }, async () => {
    let applied: readonly AppliedStep[] = [...undo, ...previous];
    try {
      await applyRecipe({
        ...{ undo, steps, previous, shellOf: (node: string) => sessionOf(lab, node), ...work },
        onApplied: (so) => (applied = so),
        onStays: ({ message: what, details: { why = '' } }) =>
          stays.push(message('switch.stays', '{what} {why}', { what, why })),
      });
    } finally {
      await saveRecord(lab, { applied: inOrder(applied, steps) });
    }
  });
  return stays;
}
