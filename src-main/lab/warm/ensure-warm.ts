import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import { qemuVersion, requireQemu } from '../../libvirt/qemu-program.ts';
import { takeHostLock } from '../../process/host-lock.ts';
import { freeDiskMiB } from '../host-limits.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import type { Host } from '../machine.ts';
import { runStep } from '../task.ts';
import { clearMaking, makeWarmState, makingFolder } from './make-warm.ts';
import { readWarmState, warmFolder, warmKey, type WarmState } from './warm-store.ts';

/** Memory, disk changes and room for a lab beside them. */
const neededMiB = 600;

/**
 * The warm state for machines of a size, made by one boot when it is missing. Of several processes one makes it.
 * @throws LabError why there is none; `cancelled`. Nothing is left of the attempt.
 */
export async function ensureWarmState(
  context: LabContext,
  host: Host,
  size: { readonly memoryMiB: number; readonly nics: number },
  work: WorkOptions,
): Promise<WarmState> {
  const qemu = await qemuVersion(requireQemu(), work.signal);
  const { image, acceleration } = host;
  const key = warmKey({ imageKey: image.key, qemu, acceleration, ...size });
  const folder = path.join(warmFolder(context.dataFolder), key);
  const found = await readWarmState(folder);
  if (found) return found;
  const title = `Boot once for all labs to come (${size.memoryMiB} MiB)`;
  return runStep(work, { id: 'warm', title }, async (tell) => {
    await mkdir(warmFolder(context.dataFolder), { recursive: true, mode: 0o700 });
    await using held = new AsyncDisposableStack();
    const lock = await takeHostLock(folder, {
      signal: work.signal,
      onWait: () => {
        tell({ detail: 'another process is at it' });
      },
    });
    held.use(lock);
    const meanwhile = await readWarmState(folder);
    if (meanwhile) return meanwhile;
    await demandRoom(context);
    const making = makingFolder(context.dataFolder, key);
    await clearMaking(context, making);
    try {
      await makeWarmState(context, host, { key, imageKey: image.key, ...size }, { making, tell, work });
      await rename(making, folder);
    } catch (error) {
      await clearMaking(context, making);
      throw error;
    }
    const made = await readWarmState(folder);
    if (!made) throw new LabError('internal', 'The warm state was made, but its files are not whole.');
    return made;
  });
}

async function demandRoom({ dataFolder }: LabContext): Promise<void> {
  const free = await freeDiskMiB(warmFolder(dataFolder));
  if (free >= neededMiB) return;
  throw new LabError('no-space', 'There is no room for a warm state.', {
    why: `${neededMiB} MiB are needed, ${free} MiB are free.`,
    remedy: 'Free some room; until then labs boot cold.',
  });
}
