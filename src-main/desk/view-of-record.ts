import type { LabView, NodeView, StepView, SwitchPlanView } from '../contract/lab-view.ts';
import { machineOff, works, type MachineCondition } from '../contract/machine.ts';
import type { GuestTraits } from '../family/guest-traits.ts';
import { keptStep } from '../family/keep-step.ts';
import type { LabRecord } from '../lab/lab-record.ts';
import { stateOf } from '../lab/list-labs.ts';
import type { AppliedStep } from '../plan/applied-step.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import { modeOf } from '../plan/plan-lab.ts';
import { planMode } from '../plan/plan-mode.ts';
import { planRecipe, type PlannedStep } from '../plan/plan-recipe.ts';
import { planSwitch } from '../plan/plan-switch.ts';
import type { LabTemplate } from '../template/lab-template.ts';

/** A lab as its record and the machines that are there tell it. @param machines How they are, by UUID. */
export function viewOfRecord(
  record: LabRecord,
  template: LabTemplate,
  machines: ReadonlyMap<string, MachineCondition>,
): LabView {
  const { plan, failure, createdAt, impairments, applied } = record;
  const { name, mode, options, service, segments, guest } = plan;
  const nodes = plan.nodes.map((node) => nodeView(node, machines.get(node.uuid) ?? machineOff));
  const seen = plan.nodes.flatMap(({ uuid }) => machines.get(uuid) ?? []);
  return {
    ...{ name, template: plan.template, title: template.title },
    ...{ state: stateOf(record, seen), failure, createdAt },
    ...{ mode, options, service, segments, nodes, impairments },
    guest: { image: guest.image, title: guest.traits.title, kernel: guest.traits.kernel },
    modes: Object.entries(template.modes).map(([each, { title }]) => ({ name: each, title })),
    steps: stepViews(planRecipe(modeOf(template, mode).recipe, plan), applied, guest.traits),
  };
}

/** What a switch of mode would do with the lab as its record has it. @throws LabError as `planMode`. */
export function switchPlanView(record: LabRecord, template: LabTemplate, to: string): SwitchPlanView {
  const { plan: before, applied } = record;
  const after = planMode(before, template, to);
  const wanted = planRecipe(modeOf(template, to).recipe, after);
  const { moves, undo, keep, apply } = planSwitch({ before, after }, applied, wanted);
  return {
    ...{ from: before.mode, to, moves: [...moves] },
    undo: undo.map(({ node, id, title, undo: commands }) => ({ node, id, title, commands })),
    keep: stepViews(keep, applied, after.guest.traits),
    apply: stepViews(apply, [], after.guest.traits),
  };
}

function nodeView(
  { name, role, memoryMiB, weight, thresholds, nics }: NodePlan,
  condition: MachineCondition,
): NodeView {
  return {
    ...{ name, role, memoryMiB, weight, thresholds, running: works(condition), condition },
    nics: nics.map(({ name: nic, mac, segment, address, gateway }) => ({
      ...{ name: nic, mac, segment, address, gateway },
    })),
  };
}

function stepViews(
  steps: readonly PlannedStep[],
  applied: readonly AppliedStep[],
  traits: GuestTraits,
): StepView[] {
  return steps.map((step) => {
    const { node, id, title, why, commands, classic, verify, undo } = step;
    const done = applied.find((each) => each.node === node && each.id === id);
    return {
      ...{ node, id, title, why, verify, keep: keptStep(traits, step) },
      ...{ commands: [...commands], classic: [...classic], undo: done?.undo.length ? done.undo : [...undo] },
      ...{ state: done?.state ?? null, milliseconds: done?.milliseconds ?? null },
      ran: done?.commands ?? [],
    };
  });
}
