import type { LabPlan, NicPlan } from './lab-plan.ts';
import type { PlannedStep } from './plan-recipe.ts';

/** A step that a node has carried out, as the lab's record keeps it. */
export interface DoneStep {
  readonly node: string;
  readonly id: string;
  /** What was run, with what for: `verify` before, `command` where that did not hold. */
  readonly commands: readonly { readonly stage: string; readonly command: string }[];
  /** Empty when it changed nothing. */
  readonly undo: readonly string[];
}

/** A cable that is taken from one segment to another; null is none. */
export interface CableMove {
  readonly node: string;
  readonly nic: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What becomes of a running lab's nodes when its mode is switched. */
export interface SwitchPlan<Done extends DoneStep = DoneStep> {
  readonly moves: readonly CableMove[];
  /** In the order in which they are undone: on each node the last one first. */
  readonly undo: readonly Done[];
  /** Done in the old mode, and the very same in the new one: left alone. */
  readonly keep: readonly PlannedStep[];
  readonly apply: readonly PlannedStep[];
}

/**
 * From what is done to what is to be: the cables that move, what is undone, what stays and what is applied. Pure.
 * @param done Of the old mode, in the order in which it was applied.
 * @param wanted The new mode's recipe, planned for `after`.
 */
export function planSwitch<Done extends DoneStep>(
  { before, after }: { readonly before: LabPlan; readonly after: LabPlan },
  done: readonly Done[],
  wanted: readonly PlannedStep[],
): SwitchPlan<Done> {
  const doneByKey = new Map(done.map((step) => [keyOf(step), step]));
  const keep = wanted.filter((step) => {
    const known = doneByKey.get(keyOf(step));
    return known !== undefined && !step.fresh && isSame(known, step);
  });
  const kept = new Set(keep.map(keyOf));
  return {
    moves: cableMoves(before, after),
    undo: done.filter((step) => !kept.has(keyOf(step)) && step.undo.length > 0).toReversed(),
    keep,
    apply: wanted.filter((step) => !kept.has(keyOf(step))),
  };
}

function cableMoves(before: LabPlan, after: LabPlan): CableMove[] {
  return after.nodes.flatMap(({ name, nics }) =>
    nics.flatMap(({ name: nic, segment: to }) => {
      const from = nicOf(before, name, nic)?.segment ?? null;
      return from === to ? [] : [{ node: name, nic, from, to }];
    }),
  );
}

function nicOf({ nodes }: LabPlan, node: string, nic: string): NicPlan | undefined {
  return nodes.find(({ name }) => name === node)?.nics.find(({ name }) => name === nic);
}

/** A step that was found done was not run: what it would have run says nothing then. */
function isSame({ commands }: DoneStep, wanted: PlannedStep): boolean {
  const ran = commands.filter(({ stage }) => stage === 'command').map(({ command }) => command);
  const verify = commands.find(({ stage }) => ['verify', 'check'].includes(stage))?.command;
  return verify === wanted.verify && (ran.length === 0 || sameLines(ran, wanted.commands));
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function keyOf({ node, id }: { readonly node: string; readonly id: string }): string {
  return `${node} ${id}`;
}
