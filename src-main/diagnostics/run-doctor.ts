import type { CheckResult, DoctorReport } from '../contract/doctor.ts';
import { LabError, toErrorInfo } from '../contract/lab-error.ts';
import type { Checker, DoctorContext, Finding } from './checker.ts';
import { checkers as allCheckers } from './checkers.ts';

export interface DoctorOptions {
  readonly context: DoctorContext;
  readonly signal: AbortSignal;
  /** Hears each result as it is found. */
  readonly onResult?: (result: CheckResult) => void;
  readonly checkers?: readonly Checker[];
  /** Milliseconds one checker may take. */
  readonly timeLimit?: number;
}

/** The trial guest takes up to 8 s to give up, on a host that may be busy. */
const defaultTimeLimit = 30_000;

/**
 * Looks at the host: all checkers at once, none of which needs another's result.
 * @returns The results in the checkers' own order.
 * @throws LabError `cancelled` alone; whatever else goes wrong within a checker is its result.
 */
export async function runDoctor(options: DoctorOptions): Promise<DoctorReport> {
  const { context, signal, onResult, checkers = allCheckers, timeLimit = defaultTimeLimit } = options;
  const checks = await Promise.all(
    checkers.map(async (checker) => {
      const finding = await look(checker, context, AbortSignal.any([signal, AbortSignal.timeout(timeLimit)]));
      if (signal.aborted) throw new LabError('cancelled', 'Cancelled: look at this host.');
      const result = toResult(checker, finding);
      onResult?.(result);
      return result;
    }),
  );
  return { ready: checks.every(({ status }) => status !== 'failed'), checks };
}

/** Never rejects, and never outlasts the signal, even where a checker does not heed it. */
async function look(checker: Checker, context: DoctorContext, signal: AbortSignal): Promise<Finding> {
  const ended = Promise.withResolvers<Finding>();
  const onAbort = () => {
    ended.resolve({ status: 'failed', what: 'The look did not come to an end in time.', fixable: false });
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([checker.check(context, signal), ended.promise]);
  } catch (error) {
    return failure(error);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function failure(error: unknown): Finding {
  const { message, why, remedy } = toErrorInfo(error);
  return { status: 'failed', what: why ? `${message} ${why}` : message, ...(remedy && { remedy }) };
}

function toResult({ id, title, why, fix }: Checker, finding: Finding): CheckResult {
  const { status, what, remedy, fixable = true } = finding;
  const bad = status === 'failed' || status === 'warning';
  return { id, title, why, status, what, ...(remedy && { remedy }), fixable: bad && Boolean(fix) && fixable };
}
