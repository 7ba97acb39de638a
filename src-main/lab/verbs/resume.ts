import { rm } from 'node:fs/promises';
import { demandLibvirt } from '../../libvirt/virsh.ts';
import { isSavedWhole, restoreDomain } from '../../libvirt/save-image.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import { checkMemory } from '../host-limits.ts';
import type { WorkOptions } from '../lab-context.ts';
import { isGoingOn } from '../lab-states.ts';
import { conditionOf } from '../machines.ts';
import { nodeFiles } from '../node-files.ts';
import { carryOut, type OwnedLab } from '../owned-lab.ts';
import { forEachNode, runStep } from '../task.ts';
import { canGoOn, goOnWithPaused, setClock, wakeMachine } from './go-on.ts';

/**
 * Restores every machine that was saved, reaches it again and sets its clock. Of a lab that is ready, those machines go
 * on that are paused.
 */
export async function resumeLab(lab: OwnedLab, work: WorkOptions): Promise<void> {
  if (isGoingOn('resume', lab.record.state)) return goOnWithPaused(lab, work);
  await demandLibvirt(lab.context.connection);
  await checkMemory(lab.record.plan.nodes);
  await carryOut(lab, 'resume', work, (_enter, weighed) => wakeNodes(lab, weighed));
}

/** The part of it that can be done again after a crash: a machine that runs already is only reached. */
export async function wakeNodes(lab: OwnedLab, work: WorkOptions): Promise<void> {
  await forEachNode(work, lab.record.plan.nodes, async (node, nodeWork) => {
    const title = 'Restore the virtual machine';
    const runs = await runStep(nodeWork, { node: node.name, id: 'restore', title }, (tell) =>
      wake(lab, node, (detail) => {
        tell({ detail });
      }),
    );
    if (!runs) return;
    await runStep(nodeWork, { node: node.name, id: 'reconnect', title: 'Reach it, and set its clock' }, () =>
      setClock(lab, node, nodeWork.signal),
    );
  });
}

/** @returns whether the machine runs now. */
async function wake(lab: OwnedLab, node: NodePlan, tell: (detail: string) => void): Promise<boolean> {
  const { context, record } = lab;
  const { memory, xml } = nodeFiles(context, record.plan.name, node);
  const condition = await conditionOf(context.connection, node);
  const runs = condition.state !== 'off';
  if (!runs && !(await isSavedWhole(memory))) {
    tell('it did not run when the lab was suspended');
    return false;
  }
  if (!runs) await restoreDomain(context.connection, node.name, memory, xml);
  else if (canGoOn(condition)) await wakeMachine(lab, node);
  // From here on its disk goes on without it: restored once more, it would find a disk it does not know.
  await rm(memory, { force: true });
  return true;
}
