import type { DoctorReport } from '../contract/doctor.ts';
import { LabError, toErrorInfo } from '../contract/lab-error.ts';
import type { OnProgress } from '../contract/progress.ts';
import type { Checker } from './checker.ts';
import { checkers as allCheckers } from './checkers.ts';
import { runDoctor, type DoctorOptions } from './run-doctor.ts';

interface FixOptions extends Omit<DoctorOptions, 'onResult'> {
  readonly onProgress: OnProgress;
}

/**
 * Mends what the doctor can mend, one after another in the checkers' order, and looks anew. What could not be mended
 * is told as a failed step, and stands in the report.
 * @throws LabError `cancelled`.
 */
export async function fixAll(options: FixOptions): Promise<DoctorReport> {
  const { checkers = allCheckers } = options;
  const before = await runDoctor(options);
  const fixable = new Set(before.checks.filter((check) => check.fixable).map(({ id }) => id));
  if (fixable.size === 0) return before;
  for (const checker of checkers) {
    if (fixable.has(checker.id)) await fixOne(checker, options);
  }
  return runDoctor(options);
}

async function fixOne(checker: Checker, { context, onProgress, signal }: FixOptions): Promise<void> {
  const step = { step: `fix-${checker.id}`, title: `Mend: ${checker.title}` };
  const start = performance.now();
  const milliseconds = () => Math.round(performance.now() - start);
  onProgress({ ...step, state: 'running' });
  try {
    await checker.fix?.(context, { onProgress, signal });
    onProgress({ ...step, state: 'done', milliseconds: milliseconds() });
  } catch (error) {
    const { message, why } = toErrorInfo(error);
    const detail = why ? `${message} ${why}` : message;
    onProgress({ ...step, state: 'failed', detail, milliseconds: milliseconds() });
    if (signal.aborted) throw new LabError('cancelled', 'Cancelled: mend this host.', { cause: error });
  }
}
