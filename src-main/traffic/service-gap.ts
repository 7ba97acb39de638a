import type { ServiceGap } from '../contract/mode-switch.ts';
import type { Sample } from './sample.ts';

/**
 * The time in which a service did not answer while it was changed, as a client saw it: between two replies that follow
 * each other, the longest that touches the change.
 * @param samples Of one run, in any order.
 * @param change When it began and ended, in milliseconds of the run as `arrivedMs` counts them.
 * @returns undefined when no reply came after the change began, or none before it ended.
 */
export function serviceGap(
  samples: readonly Sample[],
  change: { readonly beganMs: number; readonly endedMs: number },
): ServiceGap | undefined {
  const replies = samples
    .filter(({ failure }) => failure === null)
    .map(({ arrivedMs }) => arrivedMs)
    .sort((a, b) => a - b);
  const pauses = replies.slice(1).map((end, index) => ({ start: replies[index] ?? 0, end }));
  const touching = pauses.filter(({ start, end }) => end > change.beganMs && start < change.endedMs);
  const before = pauses.filter(({ end }) => end <= change.beganMs);
  if (touching.length === 0) return undefined;
  return {
    gapMs: Math.max(...touching.map(length)),
    usualMs: Math.max(0, ...before.map(length)),
    requests: samples.length,
    failures: countFailures(samples),
  };
}

function length({ start, end }: { readonly start: number; readonly end: number }): number {
  return end - start;
}

function countFailures(samples: readonly Sample[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { failure } of samples) if (failure) counts[failure.kind] = (counts[failure.kind] ?? 0) + 1;
  return counts;
}
