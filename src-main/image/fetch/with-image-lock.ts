import { LabError } from '../../contract/lab-error.ts';
import type { OnProgress } from '../../contract/progress.ts';
import { takeHostLock } from '../../process/host-lock.ts';

interface LockOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

const wait = { step: 'image.wait', title: 'Waiting for another process that brings in this image' };

/** Works on an image's folder while no other process does; waits for one that does. @throws LabError `cancelled` */
export async function withImageLock<T>(
  folder: string,
  { onProgress, signal }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  let since: number | undefined;
  const onWait = () => {
    since = performance.now();
    onProgress?.({ ...wait, state: 'running' });
  };
  try {
    const lock = await takeHostLock(folder, { signal, onWait });
    if (since !== undefined)
      onProgress?.({ ...wait, state: 'done', milliseconds: performance.now() - since });
    try {
      return await work();
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (error instanceof LabError || !signal?.aborted) throw error;
    throw new LabError('cancelled', 'Bringing in the image was cancelled.', { cause: error });
  }
}
