import { readFile, statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { LabError } from '../contract/lab-error.ts';
import type { LabPlan, NodePlan } from '../plan/lab-plan.ts';

const MiB = 1024 * 1024;

/** What QEMU itself takes beside the guest's memory: measured 60 to 90 MiB a node under emulation. */
const overheadMiB = 90;

/** What a node's overlay and console log grow to in a usual session, and what is left to the host. */
const diskPerNodeMiB = 64;
const diskReserveMiB = 256;

/**
 * Refuses a lab the host cannot carry, before anything of it is made.
 * @param folder Where the lab's disks will lie.
 * @throws LabError `no-space` with what is needed and what is free.
 */
export async function checkHostCarries(plan: LabPlan, folder: string): Promise<void> {
  await checkMemory(plan.nodes);
  const diskNeeded = plan.nodes.length * diskPerNodeMiB + diskReserveMiB;
  const diskFree = await freeDiskMiB(folder);
  if (diskFree < diskNeeded) {
    throw new LabError('no-space', `There is not enough room on disk in ${folder}.`, {
      why: `${diskNeeded} MiB are needed, ${diskFree} MiB are free.`,
      remedy: 'Free some room, or set LVSLAB_HOME to a folder on another disk.',
    });
  }
}

/** Refuses machines that would drive the host into swap. @throws LabError `no-space` */
export async function checkMemory(nodes: readonly Pick<NodePlan, 'memoryMiB'>[]): Promise<void> {
  const memoryNeeded = nodes.reduce((sum, node) => sum + node.memoryMiB + overheadMiB, 0);
  const memoryFree = await availableMemoryMiB();
  if (memoryFree < memoryNeeded) {
    throw new LabError('no-space', `This host has not enough memory for ${nodes.length} nodes.`, {
      why: `${memoryNeeded} MiB are needed, ${memoryFree} MiB are available.`,
      remedy: "Close programs, or end labs you no longer need ('lvslab ls', 'lvslab rm').",
    });
  }
}

/**
 * How many machines come up at the same time: more only take each other's processor, and the last one's time limit runs
 * out.
 */
export function startsAtOnce(): number {
  return Math.max(4, 2 * availableParallelism());
}

/** MemAvailable of /proc/meminfo: what can be taken without swapping (proc(5)). */
export async function availableMemoryMiB(): Promise<number> {
  const text = await readFile('/proc/meminfo', 'utf8');
  return Math.floor(Number(/^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024);
}

/** Room for an ordinary user on the disk a folder is on. */
export async function freeDiskMiB(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize) / MiB);
}
