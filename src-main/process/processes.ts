import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The commands that are waited for: what a lab's process starts, and what ends by itself soon. */
const shortLived = /(^|\/)(virsh|qemu-img)$/;

/** Longer than a slow daemon takes to start a machine; what hangs beyond that is not waited for. */
const patienceMs = 60_000;

/** Waits until no program that ends by itself has a path below that folder on its command line. */
export async function untilNobodyNames(folder: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline && (await shortLivedNaming(folder)).length > 0)
    await sleep(100, undefined, { signal });
}

async function shortLivedNaming(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [program = '', ...args] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split(
        '\0',
      );
      return shortLived.test(program) && args.some((arg) => arg.startsWith(`${folder}/`)) ? [pid] : [];
    }),
  );
  return found.flat();
}
