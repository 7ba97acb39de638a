import { LabError } from '../../contract/lab-error.ts';
import type { OnProgress, Progress } from '../../contract/progress.ts';

/** Tells how far a step is. */
export type TellStep = (moved: Pick<Progress, 'fraction' | 'detail'>) => void;

/** A step's progress is told at most that often. */
const tellMs = 200;

/** Carries out one step and tells its progress; what ends it because of the signal is `cancelled`. */
export async function imageStep<T>(
  { step, title }: { step: string; title: string },
  { onProgress, signal }: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined },
  work: (tell: TellStep) => Promise<T>,
): Promise<T> {
  const since = performance.now();
  let told = -tellMs;
  const tell: TellStep = (moved) => {
    if (performance.now() - told < tellMs) return;
    told = performance.now();
    onProgress?.({ step, title, state: 'running', ...moved });
  };
  onProgress?.({ step, title, state: 'running' });
  try {
    signal?.throwIfAborted();
    const result = await work(tell);
    onProgress?.({ step, title, state: 'done', milliseconds: performance.now() - since });
    return result;
  } catch (error) {
    const failure = signal?.aborted
      ? new LabError('cancelled', `Cancelled: ${title}.`, { cause: error })
      : error;
    const detail = failure instanceof LabError ? failure.message : undefined;
    onProgress?.({ step, title, state: 'failed', detail, milliseconds: performance.now() - since });
    throw failure;
  }
}
