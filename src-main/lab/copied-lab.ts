import { realpath } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import { findMachineProcesses } from '../libvirt/machine-process.ts';
import type { LabContext } from './lab-context.ts';
import { labFolder, type LabRecord } from './lab-record.ts';
import { ownerByDisk } from './machines.ts';

/**
 * The folder that a lab's folder is a copy of, where its machines run from there: they and their owner are that one's.
 * A folder that was only moved is none, since its machines' disks are where they were moved to.
 */
export async function originalOf(
  { dataFolder }: Pick<LabContext, 'dataFolder'>,
  { plan }: Pick<LabRecord, 'plan'>,
): Promise<string | undefined> {
  const folder = labFolder(dataFolder, plan.name);
  const own = await realpath(folder).catch(() => folder);
  const uuids = new Set(plan.nodes.map(({ uuid }) => uuid));
  for (const machine of await findMachineProcesses()) {
    const owner = uuids.has(machine.uuid) ? ownerByDisk(machine) : undefined;
    if (!owner) continue;
    // Undefined where its disk is no longer there: it was moved.
    const other = await realpath(labFolder(owner.dataFolder, owner.labName)).catch(() => undefined);
    if (other !== undefined && other !== own) return other;
  }
  return undefined;
}

/** @throws LabError `bad-input` naming the lab that it is a copy of; nothing is changed then. */
export async function demandNoCopy(
  context: Pick<LabContext, 'dataFolder'>,
  record: Pick<LabRecord, 'plan'>,
): Promise<void> {
  const original = await originalOf(context, record);
  if (original === undefined) return;
  throw new LabError(
    'bad-input',
    `This lab is a copy of one that runs: its machines are those of ${original}.`,
    {
      remedy: `Use that one, or take this copy away: lvslab rm ${record.plan.name}. The machines stay then.`,
    },
  );
}
