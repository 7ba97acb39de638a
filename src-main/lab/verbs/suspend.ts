import { isSavedWhole, saveDomain } from '../../libvirt/save-image.ts';
import type { WorkOptions } from '../lab-context.ts';
import { demandVerb } from '../lab-states.ts';
import { machineIsThere } from '../machines.ts';
import { nodeFiles } from '../node-files.ts';
import { carryOut, closeSessions, saveRecord, type OwnedLab } from '../owned-lab.ts';
import { forEachNode, runStep } from '../task.ts';
import { demandNodesKnown } from './demand-nodes-run.ts';

/**
 * Saves the memory of every machine to disk and ends it. A node that does not run stays as it is.
 * @throws LabError `bad-input` while a machine halts, or libvirt does not know it; nothing is changed then.
 */
export async function suspendLab(lab: OwnedLab, work: WorkOptions): Promise<void> {
  const { plan, state } = lab.record;
  demandVerb(plan.name, state, 'suspend');
  await demandNodesKnown(lab, plan.nodes, `The lab '${plan.name}' cannot be suspended`);
  try {
    await carryOut(lab, 'suspend', work, async (_enter, weighed) => {
      await saveNodes(lab, weighed);
      await closeSessions(lab);
      await tellWhatEnds(lab, weighed);
    });
  } catch (error) {
    if (lab.record.state === 'suspended' && (await allRun(lab))) await saveRecord(lab, { state: 'ready' });
    throw error;
  }
}

/** The machines keep all they had; the switch, which ends with the lab's owner, does not. */
async function tellWhatEnds({ cables: { labSwitch } }: OwnedLab, work: WorkOptions): Promise<void> {
  await runStep(work, { id: 'record', title: 'Let the record of frames go' }, async (tell) => {
    const { frames } = await labSwitch.record();
    tell({
      detail: `${frames} frames go, and the next record counts from 0; those of proofs stay in the journal, and the counters in the machines`,
    });
  });
}

/** Nothing came of it: the lab is as it was. */
async function allRun({ context, record: { plan } }: OwnedLab): Promise<boolean> {
  const there = plan.nodes.map(({ uuid }) => machineIsThere(context.connection, uuid).catch(() => false));
  return (await Promise.all(there)).every(Boolean);
}

/** The part of it that can be done again after a crash. */
export async function saveNodes(
  { context, record: { plan } }: Pick<OwnedLab, 'context' | 'record'>,
  work: WorkOptions,
): Promise<void> {
  await forEachNode(work, plan.nodes, async (node, nodeWork) => {
    await runStep(nodeWork, { node: node.name, id: 'save', title: 'Save its memory' }, async (tell) => {
      if (!(await machineIsThere(context.connection, node.uuid))) {
        tell({ detail: 'it does not run' });
        return;
      }
      const { memory } = nodeFiles(context, plan.name, node);
      try {
        await saveDomain(context.connection, node.name, node.uuid, memory);
      } catch (error) {
        // One that a process which has died since had begun was finished by the daemon meanwhile.
        if ((await machineIsThere(context.connection, node.uuid)) || !(await isSavedWhole(memory)))
          throw error;
      }
    });
  });
}
