import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { startDetached } from '../process/start-detached.ts';
import { untilAborted } from '../process/until-aborted.ts';
import { adoptLab } from './adopt-lab.ts';
import type { LabContext } from './lab-context.ts';
import { takeLabLock } from './lab-lock.ts';
import { labFolder, readRecord } from './lab-record.ts';
import { letGo, type OwnedLab } from './owned-lab.ts';
import { serveLab } from './owner-service.ts';
import { isAlive } from './process-identity.ts';

/** How long a fresh process is given to take a lab over. */
const patienceMs = 20_000;

/** The command line that holds a lab, without the lab's name. */
export type HoldCommand = readonly [string, ...string[]];

/**
 * Owns a lab whose own process has gone, until the signal ends it or the lab is suspended. The lab stays as it is.
 * @throws LabError `lab-busy` when another process owns it.
 */
export async function holdLab(context: LabContext, name: string, signal: AbortSignal): Promise<void> {
  await readRecord(context.dataFolder, name);
  const lab = await adoptLab(context, name, await takeLabLock(context.dataFolder, name));
  try {
    await using service = await serveLab(lab);
    await Promise.race([lab.cables.failure, untilAborted(signal), service.released]);
  } finally {
    await letGo(lab);
  }
}

/** Hands a lab that this process owns to one of its own, so that it goes on after this one has ended. */
export async function handOver(lab: OwnedLab, command: HoldCommand): Promise<void> {
  await letGo(lab);
  await startHolder(lab.context, lab.record.plan.name, command);
}

/** Starts a process that owns a lab which nobody owns now, and waits until it does. */
export async function startHolder(
  { dataFolder }: LabContext,
  name: string,
  [program, ...args]: HoldCommand,
): Promise<void> {
  const log = path.join(labFolder(dataFolder, name), 'hold.log');
  startDetached(program, [...args, name], log);
  const deadline = performance.now() + patienceMs;
  while (!isAlive((await readRecord(dataFolder, name)).owner)) {
    if (performance.now() > deadline) {
      throw new LabError('switch-failed', `No process took over the switch of '${name}'.`, {
        why: `See ${log}`,
        remedy: `Its machines still run: 'lvslab hold ${name}' gives them their switch, 'lvslab rm ${name}' removes them.`,
      });
    }
    await sleep(50);
  }
}
