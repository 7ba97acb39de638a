import type { SchedulePromise } from '../ipvs/schedulers.ts';

/** What a judge keeps of a run: counts and one period of places, however long the run. */
export interface SeenRun {
  requests: number;
  /** Requests that no known server answered. */
  unknown: number;
  readonly counts: Map<string, number>;
  /** For each client (address or net) how many answers it had from whom. */
  readonly byClient: Map<string, Map<string, number>>;
  /** Who holds each place of the period; undefined where none was known yet. */
  readonly places: (string | undefined)[];
  /** The first request that did not go to the holder of its place, from 1. */
  firstBreak: number | undefined;
}

export function nothingSeen(): SeenRun {
  return {
    requests: 0,
    unknown: 0,
    counts: new Map(),
    byClient: new Map(),
    places: [],
    firstBreak: undefined,
  };
}

/** Adds one request, in constant time. */
export function see(seen: SeenRun, promise: SchedulePromise, server: string | null, client: string): void {
  seen.requests += 1;
  if (server === null) {
    seen.unknown += 1;
    return;
  }
  increment(seen.counts, server);
  if (promise.kind === 'turns') takePlace(seen, server, promise.period);
  if (promise.kind !== 'sticky') return;
  const answers = seen.byClient.get(client) ?? new Map<string, number>();
  seen.byClient.set(client, answers);
  increment(answers, server);
}

function takePlace(seen: SeenRun, server: string, period: number): void {
  const place = (seen.requests - 1) % period;
  const holder = (seen.places[place] ??= server);
  if (holder !== server) seen.firstBreak ??= seen.requests;
}

export function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** `rs1 4` and `rs2 5`, in the order a reader expects. */
export function countWords(counts: ReadonlyMap<string, number>): string[] {
  const parts = [...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return parts.map(([name, count]) => `${name} ${count}`);
}
