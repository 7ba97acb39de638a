import type { HealthTimeline } from '../contract/health-drill.ts';
import type { Sample } from './sample.ts';

/** One look at a real server's entry in the director's table, in milliseconds of the run as `arrivedMs` counts them. */
export interface EntryLook {
  readonly atMs: number;
  /** Null when it has no entry. */
  readonly weight: number | null;
}

/** Whether the scheduler gives connections to a server with such an entry. */
export function isIn({ weight }: Pick<EntryLook, 'weight'>): boolean {
  return weight !== null && weight > 0;
}

/** What is known of a drill, all in milliseconds of the run. */
export interface HealthMarks {
  /** When the web server was asked to stop, and to start again. */
  readonly stoppedMs: number;
  readonly startedMs: number;
  /** In the order of their times. */
  readonly looks: readonly EntryLook[];
}

/**
 * Puts what the director's table showed beside what a client saw, while a real server had no web server. Pure.
 * @param samples Of one run, in any order.
 */
export function healthTimeline(
  samples: readonly Sample[],
  { stoppedMs, startedMs, looks }: HealthMarks,
): HealthTimeline {
  const out = looks.find((look) => look.atMs >= stoppedMs && !isIn(look));
  const back = out && looks.find((look) => look.atMs > out.atMs && isIn(look));
  const errors = samples
    .filter(({ failure, arrivedMs }) => failure !== null && arrivedMs >= stoppedMs)
    .map(({ arrivedMs }) => arrivedMs)
    .sort((a, b) => a - b);
  const lastErrorMs = errors.at(-1) ?? null;
  return {
    ...{ stoppedMs, startedMs, outMs: out?.atMs ?? null, backMs: back?.atMs ?? null },
    ...{ firstErrorMs: errors[0] ?? null, lastErrorMs },
    errorsLastedMs: lastErrorMs === null ? 0 : lastErrorMs - stoppedMs,
    requests: samples.length,
    failures: failuresOf(samples),
    clients: byClient(samples, stoppedMs),
    seconds: bySecond(samples),
  };
}

function byClient(samples: readonly Sample[], stoppedMs: number): HealthTimeline['clients'] {
  const groups = Map.groupBy(samples, ({ sourceAddress }) => sourceAddress ?? '');
  return [...groups]
    .filter(([address]) => address !== '')
    .map(([address, own]) => {
      const errors = own.filter(({ failure, arrivedMs }) => failure !== null && arrivedMs >= stoppedMs);
      const last = Math.max(stoppedMs, ...errors.map(({ arrivedMs }) => arrivedMs));
      const failed = own.filter(({ failure }) => failure !== null).length;
      return { address, requests: own.length, failed, errorsLastedMs: last - stoppedMs };
    });
}

function bySecond(samples: readonly Sample[]): HealthTimeline['seconds'] {
  const groups = Map.groupBy(samples, ({ arrivedMs }) => Math.floor(arrivedMs / 1000));
  const last = Math.max(-1, ...groups.keys());
  // A second in which nothing ended is one to see.
  return Array.from({ length: last + 1 }, (_, second) => {
    const own = groups.get(second) ?? [];
    return { second, requests: own.length, failures: failuresOf(own) };
  });
}

function failuresOf(samples: readonly Sample[]): Record<string, number> {
  const failed = samples.flatMap(({ failure }) => failure ?? []);
  const groups = Map.groupBy(failed, ({ kind }) => kind);
  return Object.fromEntries([...groups].map(([kind, own]) => [kind, own.length]));
}
