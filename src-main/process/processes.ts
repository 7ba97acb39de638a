import { setTimeout as sleep } from 'node:timers/promises';
import { findProcesses } from './process-table.ts';

/** The commands that are waited for: what a lab's process starts, and what ends by itself soon. */
const shortLived = /(^|\/)(virsh|qemu-img)$/;

/** Longer than a slow daemon takes to start a machine; what hangs beyond that is not waited for. */
const patienceMs = 60_000;

/** Waits until no program that ends by itself has a path below that folder on its command line. */
export async function untilNobodyNames(folder: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + patienceMs;
  const names = ([program = '', ...args]: readonly string[]) =>
    shortLived.test(program) && args.some((arg) => arg.startsWith(`${folder}/`));
  while (performance.now() < deadline && (await findProcesses(names)).length > 0)
    await sleep(100, undefined, { signal });
}
