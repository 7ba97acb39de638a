import { LabError } from '../../contract/lab-error.ts';
import { works, type MachineCondition } from '../../contract/machine.ts';
import { continueDomain } from '../../libvirt/domain.ts';
import { continueMachineProcess, findMachineProcess } from '../../libvirt/machine-process.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import type { WorkOptions } from '../lab-context.ts';
import { conditionRemedy, conditionWords } from '../machine-words.ts';
import { conditionOf, conditionsOf } from '../machines.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { forEachNode, runStep } from '../task.ts';

/** Whether a machine that halts can go on from where it is. */
export function canGoOn({ state }: MachineCondition): boolean {
  return state === 'paused' || state === 'pmsuspended';
}

/**
 * Has a paused machine go on, and sets its clock, which stood still meanwhile.
 * @throws LabError `command-failed` when it halts again at once, such as on a disk that is still full.
 */
export async function goOnWithNode(lab: OwnedLab, node: NodePlan, work: WorkOptions): Promise<void> {
  const title = 'Go on with the paused machine';
  await runStep(work, { node: node.name, id: 'start', title }, () => wakeMachine(lab, node));
  await runStep(work, { node: node.name, id: 'reconnect', title: 'Reach it, and set its clock' }, () =>
    setClock(lab, node, work.signal),
  );
}

/**
 * Has every paused machine of a lab that is up go on, also of one that failed by it.
 * @throws LabError `bad-input` when none is paused.
 */
export async function goOnWithPaused(lab: OwnedLab, work: WorkOptions): Promise<void> {
  const { plan } = lab.record;
  const conditions = await conditionsOf(lab.context.connection, plan.nodes);
  const paused = plan.nodes.filter(({ name }) => {
    const condition = conditions.get(name);
    return condition !== undefined && canGoOn(condition);
  });
  if (paused.length === 0) {
    throw new LabError(
      'bad-input',
      `The lab '${plan.name}' is ${lab.record.state}, and none of its machines is paused.`,
      {
        remedy: `'lvslab ls' shows how each is.`,
      },
    );
  }
  await forEachNode(work, paused, (node, nodeWork) => goOnWithNode(lab, node, nodeWork));
}

/** Has a machine that is paused run again, without asking its guest. @throws LabError `command-failed` */
export async function wakeMachine({ context, record: { plan } }: OwnedLab, node: NodePlan): Promise<void> {
  const { connection } = context;
  const process = await findMachineProcess(node.uuid);
  if (process?.stopped) await continueMachineProcess(process);
  const before = await conditionOf(connection, node);
  if (canGoOn(before)) await continueDomain(connection, node.name, { uuid: node.uuid, state: before.state });
  const after = await conditionOf(connection, node);
  if (works(after)) return;
  throw new LabError('command-failed', `${node.name} does not go on: it is ${conditionWords(after)}.`, {
    node: node.name,
    why: `Before that it was ${conditionWords(before)}.`,
    remedy: conditionRemedy(plan.name, node.name, after),
  });
}

/** Milliseconds to set a clock once the guest is reached. */
const clockMs = 30_000;

/** Sets a guest's clock, which lags by the time it was saved or paused. @throws LabError `guest-unreachable` */
export async function setClock(lab: OwnedLab, node: NodePlan, signal: AbortSignal): Promise<void> {
  const session = await sessionTo(lab, node, signal);
  await session.run(`date -s @${(Date.now() / 1000).toFixed(3)}`, { signal, timeout: clockMs });
}
