import { LabError } from '../contract/lab-error.ts';

/** One thing that must be true of a guest before it is of use. */
export interface ReadinessProbe {
  /** A stable name. */
  readonly id: string;
  /** What it waits for, as the end of "waiting for …". */
  readonly description: string;
  /** What to do when it never comes true. */
  readonly hint: string;
  /** Whether the guest is of no use without it. */
  readonly fatal: boolean;
  /**
   * Resolves once it is true; tries again by itself until the signal, with whose reason it then rejects, and tells
   * `note` why it is not true yet. Another rejection means that it never will be.
   */
  readonly probe: (signal: AbortSignal, note: (why: string) => void) => Promise<void>;
}

/** How a probe ended. */
export interface ProbeOutcome {
  readonly id: string;
  readonly passed: boolean;
  readonly milliseconds: number;
  /** Why it did not pass. */
  readonly why?: string;
}

export interface ReadinessOptions {
  readonly node: string;
  /** Milliseconds for all probes together. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** Hears of every probe before it begins. */
  readonly onProbe?: ((probe: ReadinessProbe) => void) | undefined;
}

/**
 * Goes through the probes in their order. One that is not fatal and fails is told in the outcomes.
 * @throws LabError 'guest-unreachable' naming the fatal probe that was waited for when the time was up, with its hint;
 * 'cancelled'; what a fatal probe rejects with.
 */
export async function waitUntilReady(
  probes: readonly ReadinessProbe[],
  options: ReadinessOptions,
): Promise<ProbeOutcome[]> {
  const deadline = AbortSignal.timeout(options.timeout);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const outcomes: ProbeOutcome[] = [];
  for (const probe of probes) {
    options.onProbe?.(probe);
    const startedMs = performance.now();
    let why = 'it gave no answer';
    const ended = (passed: boolean): ProbeOutcome => {
      const milliseconds = performance.now() - startedMs;
      return { id: probe.id, passed, milliseconds, ...(!passed && { why }) };
    };
    try {
      signal.throwIfAborted();
      await probe.probe(signal, (reason) => {
        why = reason;
      });
      outcomes.push(ended(true));
    } catch (error) {
      if (options.signal?.aborted) throw cancelled(options.node, error);
      if (!deadline.aborted && error instanceof Error) why = error.message;
      if (probe.fatal) throw deadline.aborted ? outOfTime(probe, why, options) : error;
      outcomes.push(ended(false));
    }
  }
  return outcomes;
}

function cancelled(node: string, cause: unknown): LabError {
  return new LabError('cancelled', `Waiting for node ${node} was cancelled.`, { node, cause });
}

function outOfTime(
  { description, hint, id }: ReadinessProbe,
  why: string,
  options: ReadinessOptions,
): LabError {
  const { node, timeout } = options;
  return new LabError(
    'guest-unreachable',
    `Node ${node} was not ready after ${Math.round(timeout / 1000)} s of waiting for ${description}.`,
    { node, step: id, why, remedy: hint },
  );
}
