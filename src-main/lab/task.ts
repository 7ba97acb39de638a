import { LabError, toErrorInfo } from '../contract/lab-error.ts';
import type { WorkOptions } from './lab-context.ts';

/** A piece of long work as its follower sees it. */
export interface Step {
  readonly node?: string;
  /** Stable name within its node. */
  readonly id: string;
  /** In words, as a person would tell it: "Start the virtual machine". */
  readonly title: string;
}

/** What a step may say while it is under way. */
export interface StepProgress {
  /** 0 to 1. */
  fraction?: number;
  detail?: string;
}

/**
 * Carries out one step of long work: the one way to do so. It is told when it begins, moves, ends and fails; it does
 * not begin once the work is cancelled; what fails in it names its node and step.
 */
export async function runStep<T>(
  { onProgress, signal }: WorkOptions,
  { id, title, ...place }: Step,
  work: (tell: (progress: StepProgress) => void) => Promise<T>,
): Promise<T> {
  throwIfCancelled(signal);
  const began = performance.now();
  const event = { ...place, step: id, title };
  onProgress({ ...event, state: 'running' });
  try {
    const result = await work((progress) => {
      onProgress({ ...event, state: 'running', ...progress });
    });
    onProgress({ ...event, state: 'done', milliseconds: performance.now() - began });
    return result;
  } catch (error) {
    const failure = asLabError(error, signal).at({ ...place, step: title });
    onProgress({
      ...event,
      state: 'failed',
      detail: failure.message,
      milliseconds: performance.now() - began,
    });
    throw failure;
  }
}

/** @throws LabError `cancelled`, once the signal says so. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new LabError('cancelled', 'Cancelled.');
}

/**
 * Runs the same work for several nodes at once. When one fails the others are cancelled and waited for, so that
 * nothing goes on behind the back of whoever cleans up; then the first failure is thrown.
 */
export async function forEachNode<N, T>(
  options: WorkOptions,
  nodes: readonly N[],
  work: (node: N, options: WorkOptions) => Promise<T>,
): Promise<T[]> {
  const others = new AbortController();
  const signal = AbortSignal.any([options.signal, others.signal]);
  let first: { error: unknown } | undefined;
  const results = await Promise.allSettled(
    nodes.map(async (node) => {
      try {
        return await work(node, { ...options, signal });
      } catch (error) {
        first ??= { error };
        others.abort();
        throw error;
      }
    }),
  );
  if (first) throw first.error;
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

function asLabError(error: unknown, signal: AbortSignal): LabError {
  if (signal.aborted) return new LabError('cancelled', 'Cancelled.', { cause: error });
  if (error instanceof LabError) return error;
  const { code, message, ...details } = toErrorInfo(error);
  return new LabError(code, message, { ...details, cause: error });
}
