import type { WorkOptions } from '../../lab/lab-context.ts';
import { checkTraceFile, createTrace } from '../../lab/trace-file.ts';
import type { Output } from './output.ts';

/** Work whose steps are kept for --trace. Disposal finishes it, so that a failure has its trace too. */
interface TracedWork extends AsyncDisposable {
  readonly work: WorkOptions;
  /** Writes the file, the first time it is called. What is told of a lab that runs is worth more than its trace, so a
   * failure is a remark. */
  readonly finish: () => Promise<void>;
}

/**
 * Follows work for --trace; where no file is named, it does nothing.
 * @throws LabError `bad-input` when the file cannot be written.
 */
export async function keepTrace(
  file: string | undefined,
  output: Output,
  work: WorkOptions,
): Promise<TracedWork> {
  if (file === undefined) {
    const finish = () => Promise.resolve();
    return { work, finish, [Symbol.asyncDispose]: finish };
  }
  await checkTraceFile(file);
  const trace = createTrace(work.onProgress);
  let finished = false;
  const finish = async () => {
    if (finished) return;
    finished = true;
    try {
      await trace.write(file);
      output.note(`What each step took is in ${file}; https://ui.perfetto.dev shows it.`);
    } catch (error) {
      output.note(`The trace was not written: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return { work: { ...work, onProgress: trace.onProgress }, finish, [Symbol.asyncDispose]: finish };
}
