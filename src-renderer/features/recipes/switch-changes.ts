import type { StepView, SwitchPlanView } from '../../../src-main/contract/lab-view.ts';

/** What a switch of mode does on one node. */
export interface NodeChanges {
  readonly name: string;
  readonly undo: SwitchPlanView['undo'];
  readonly apply: readonly StepView[];
  readonly keep: readonly StepView[];
}

/** A switch's steps by node, in the order of the lab's nodes. */
export function changesByNode(
  { undo, keep, apply }: SwitchPlanView,
  order: readonly string[],
): NodeChanges[] {
  const touched = new Set([...undo, ...apply, ...keep].map(({ node }) => node));
  const names = order.filter((name) => touched.has(name));
  return names.map((name) => ({
    name,
    undo: undo.filter(({ node }) => node === name),
    apply: apply.filter(({ node }) => node === name),
    keep: keep.filter(({ node }) => node === name),
  }));
}
