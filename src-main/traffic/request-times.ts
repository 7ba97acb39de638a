import type { Sample } from './sample.ts';

/** A request of which a piece of output tells, and the curl process that sent it. */
interface Told {
  readonly process: number;
  readonly totalMs: number;
}

/**
 * When each request of one piece of output ended at the latest: its process sends one after the other, so that each had
 * ended before the next one began. The piece alone would have all of them end at once, up to a tenth of a second late.
 * @param told In the order in which they ended.
 * @param untilMs When the last of them had ended.
 * @param sinceMs When all requests of the pieces before had ended.
 */
export function latestEnds(told: readonly Told[], untilMs: number, sinceMs: number): number[] {
  const nextBegins = new Map<number, number>();
  const ends: number[] = [];
  let latest = untilMs;
  for (const { process, totalMs } of told.toReversed()) {
    latest = Math.max(sinceMs, Math.min(latest, nextBegins.get(process) ?? untilMs));
    nextBegins.set(process, latest - totalMs);
    ends.push(latest);
  }
  return ends.reverse();
}

/**
 * Has the samples of a load count from its first request's start: until then the tool itself got ready, which is no part
 * of the load. The returned function takes the samples as they come.
 */
export function fromFirstRequest(): (samples: readonly Sample[]) => Sample[] {
  let startMs: number | undefined;
  return (samples) => {
    const starts = samples.map(({ arrivedMs, totalMs }) => arrivedMs - totalMs);
    const first = (startMs ??= Math.min(...starts));
    return samples.map((sample) => ({ ...sample, arrivedMs: sample.arrivedMs - first }));
  };
}
