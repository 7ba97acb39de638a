import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { startDetached } from '../process/start-detached.ts';
import { untilAborted } from '../process/until-aborted.ts';
import type { LabContext } from './lab-context.ts';
import { labFolder, readRecord, writeRecord } from './lab-record.ts';
import { plugCables } from './plug-cables.ts';
import { isAlive, ownIdentity } from './process-identity.ts';
import type { RunningLab } from './running-lab.ts';

/** How long a fresh process is given to take the cables over. */
const patienceMs = 20_000;

/**
 * Runs the switch of a lab whose own process has gone, until the signal ends it. The lab stays as it is: frames are
 * stateless UDP, so the machines do not notice which process carries them.
 * @throws LabError when the lab is already held.
 */
export async function holdLab(context: LabContext, name: string, signal: AbortSignal): Promise<void> {
  const record = await readRecord(context.dataFolder, name);
  if (isAlive(record.owner)) {
    throw new LabError('already-exists', `The lab '${name}' is already run by process ${record.owner.pid}.`);
  }
  await using cables = await plugCables(record.plan.nodes);
  for (const node of record.plan.nodes) await cables.plug(node);
  await writeRecord(context.dataFolder, { ...record, owner: ownIdentity() });
  await Promise.race([cables.failure, untilAborted(signal)]);
}

/**
 * Hands a lab that runs here to a process of its own, so that it goes on after this one has ended.
 * @param command The command line that holds a lab, without the lab's name.
 */
export async function handOver(
  context: LabContext,
  lab: RunningLab,
  [program, ...args]: readonly [string, ...string[]],
): Promise<void> {
  const { name } = lab.record.plan;
  await lab.letGo();
  // Until the other process signs the record nobody holds the lab.
  await writeRecord(context.dataFolder, {
    ...lab.record,
    owner: { pid: lab.record.owner.pid, startTime: 'let go' },
  });
  startDetached(program, [...args, name], path.join(labFolder(context.dataFolder, name), 'hold.log'));
  const deadline = performance.now() + patienceMs;
  while (!isAlive((await readRecord(context.dataFolder, name)).owner)) {
    if (performance.now() > deadline) {
      throw new LabError('switch-failed', `No process took over the switch of '${name}'.`, {
        why: `See ${path.join(labFolder(context.dataFolder, name), 'hold.log')}`,
        remedy: `Its machines still run: 'lvslab hold ${name}' gives them their switch, 'lvslab rm ${name}' removes them.`,
      });
    }
    await sleep(50);
  }
}
