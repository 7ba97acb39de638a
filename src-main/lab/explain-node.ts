import { LabError } from '../contract/lab-error.ts';
import { works, type MachineCondition } from '../contract/machine.ts';
import type { Connection } from '../libvirt/connection.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import type { LabRecord } from './lab-record.ts';
import { conditionRemedy, conditionWords } from './machine-words.ts';
import { conditionOf } from './machines.ts';

interface Lab {
  readonly context: { readonly connection: Connection };
  readonly record: Pick<LabRecord, 'plan'>;
}

/**
 * Makes sure that a machine can answer, before it is waited for.
 * @throws LabError `guest-unreachable` naming how it is and what to do. What cannot be looked at is let pass.
 */
export async function demandWorks(lab: Lab, node: Pick<NodePlan, 'name' | 'uuid'>): Promise<void> {
  const condition = await look(lab, node);
  if (condition && !works(condition)) throw unreachable(lab, node.name, condition);
}

/**
 * The same, where a login is tried all the same for a machine that is down: it fails within its own time.
 * @throws LabError `guest-unreachable` for a machine that is there and answers nothing.
 */
export async function demandNotHalted(lab: Lab, node: Pick<NodePlan, 'name' | 'uuid'>): Promise<void> {
  const condition = await look(lab, node);
  if (condition && condition.state !== 'off' && !works(condition))
    throw unreachable(lab, node.name, condition);
}

/**
 * A failure to reach a node, with how its machine is where that explains it: it may have been paused while it was asked.
 * Other failures stay as they are.
 */
export async function explainFailure(lab: Lab, error: unknown): Promise<unknown> {
  if (!(error instanceof LabError) || error.code !== 'guest-unreachable') return error;
  const node = lab.record.plan.nodes.find(({ name }) => name === error.details.node);
  const condition = node && (await look(lab, node));
  if (!node || !condition || works(condition)) return error;
  return unreachable(lab, node.name, condition, error);
}

function unreachable({ record }: Lab, node: string, condition: MachineCondition, cause?: LabError): LabError {
  return new LabError('guest-unreachable', `${node} does not answer: it is ${conditionWords(condition)}.`, {
    node,
    ...(cause && { why: cause.message, cause }),
    remedy: conditionRemedy(record.plan.name, node, condition),
  });
}

async function look(
  { context }: Lab,
  node: Pick<NodePlan, 'name' | 'uuid'>,
): Promise<MachineCondition | undefined> {
  return conditionOf(context.connection, node).catch(() => undefined);
}
