import type { PlannedStep } from '../plan/plan-recipe.ts';

/** One running of a node's script. */
export interface Turn {
  readonly node: string;
  readonly steps: readonly PlannedStep[];
}

/**
 * Puts what the nodes do into an order that a person can follow, one node after the other, so that each step comes after
 * those it waits for. A node has one turn, or more where it waits for another that waits for it. Pure.
 */
export function orderTurns(steps: readonly PlannedStep[]): Turn[] {
  const left = new Map([...Map.groupBy(steps, ({ node }) => node)]);
  const turns: Turn[] = [];
  while (left.size > 0) {
    const possible = [...left].map(([node, own]) => ({ node, steps: readySteps(own, left) }));
    const whole = possible.find((turn) => turn.steps.length === left.get(turn.node)?.length);
    const turn = whole ?? possible.find((each) => each.steps.length > 0);
    // Recipes are checked: a step waits for earlier ones alone, so the earliest that is left is ready.
    if (!turn) throw new Error('These steps wait for each other.');
    turns.push(turn);
    const rest = (left.get(turn.node) ?? []).slice(turn.steps.length);
    if (rest.length > 0) left.set(turn.node, rest);
    else left.delete(turn.node);
  }
  return turns;
}

/** The first of a node's steps, up to one that waits for what is left elsewhere. */
function readySteps(
  own: readonly PlannedStep[],
  left: ReadonlyMap<string, readonly PlannedStep[]>,
): PlannedStep[] {
  const elsewhere = [...left.values()].filter((steps) => steps !== own).flat();
  const waits = ({ after }: PlannedStep) => elsewhere.some(({ step }) => after.includes(step));
  const end = own.findIndex(waits);
  return own.slice(0, end === -1 ? own.length : end);
}
