import type { Sample } from './sample.ts';

/** A request of which a piece of output tells, and the curl process that sent it. */
interface Told {
  readonly process: number;
  readonly totalMs: number;
}

/** What is known of the time of a piece of output. */
interface Bounds {
  /** When the last of its requests had ended. */
  readonly untilMs: number;
  /** When all requests of the pieces before had ended. */
  readonly sinceMs: number;
  /** Before that no request was sent; -Infinity where it is not known. */
  readonly beganMs: number;
}

/**
 * Tells when each request of a load ended. A piece of output tells of all that ended in a tenth of a second, and of none
 * when: as one process sends one after the other, they are laid out over the time since the piece before, with the time
 * that curl needs between two of them. With the end of the load the client tells how long all of it took, by its own clock:
 * the last piece is laid out so that the load took as long.
 *
 * The returned function takes a piece's requests in the order in which they ended, when the piece arrived, and once it
 * is known, how long the load took.
 */
export function createRequestClock(): (
  told: readonly Told[],
  arrivedMs: number,
  spanMs: number | undefined,
) => number[] {
  const lastEnds = new Map<number, number>();
  let firstMs: number | undefined;
  let lastMs: number | undefined;
  return (told, arrivedMs, spanMs) => {
    const endMs = firstMs === undefined || spanMs === undefined ? arrivedMs : firstMs + spanMs;
    const untilMs = Math.max(lastMs ?? 0, endMs);
    const beganMs = firstMs ?? (spanMs === undefined ? -Infinity : untilMs - spanMs);
    const ends = layOut(told, { untilMs, sinceMs: lastMs ?? beganMs, beganMs }, lastEnds);
    for (const [at, { process, totalMs }] of told.entries()) {
      const end = ends[at] ?? untilMs;
      lastEnds.set(process, end);
      if (lastMs === undefined) firstMs = Math.min(firstMs ?? Infinity, end - totalMs);
    }
    lastMs = ends.at(-1) ?? lastMs;
    return ends;
  };
}

/** Keeps the order of all, and of each process that its next request begins after the one before has ended. */
function layOut(
  told: readonly Told[],
  { untilMs, sinceMs, beganMs }: Bounds,
  lastEnds: ReadonlyMap<number, number>,
): number[] {
  const nextBegins = new Map<number, number>();
  const latestEnds: number[] = [];
  const gaps = gapsOf(told, { untilMs, beganMs }, lastEnds);
  let latest = untilMs;
  for (const { process, totalMs } of told.toReversed()) {
    latest = Math.max(sinceMs, Math.min(latest, nextBegins.get(process) ?? untilMs));
    nextBegins.set(process, latest - totalMs - (gaps.get(process) ?? 0));
    latestEnds.push(latest);
  }
  let least = sinceMs;
  return latestEnds.reverse().map((end, at) => {
    least = Math.max(least, end, Math.min(untilMs, beganMs + (told[at]?.totalMs ?? 0)));
    return least;
  });
}

/** By process, how long it did nothing between two requests: what its requests leave of the time it had, in equal parts. */
function gapsOf(
  told: readonly Told[],
  { untilMs, beganMs }: Pick<Bounds, 'untilMs' | 'beganMs'>,
  lastEnds: ReadonlyMap<number, number>,
): Map<number, number> {
  const gaps = new Map<number, number>();
  for (const [process, own] of Map.groupBy(told, (each) => each.process)) {
    const lastEnd = lastEnds.get(process);
    const left = untilMs - (lastEnd ?? beganMs) - own.reduce((sum, { totalMs }) => sum + totalMs, 0);
    // Nothing comes before its very first request.
    const count = lastEnd === undefined ? own.length - 1 : own.length;
    if (count > 0 && left > 0 && Number.isFinite(left)) gaps.set(process, left / count);
  }
  return gaps;
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
