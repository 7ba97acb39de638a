import { schedulePromise, type ScheduledServer, type SchedulePromise } from '../ipvs/schedulers.ts';

/** What a scheduler promised, held against what a run saw. */
export interface Judgement {
  readonly scheduler: string;
  readonly promised: string;
  readonly observed: string;
  readonly verdict: 'as-promised' | 'not-as-promised' | 'too-short';
  /** What was judged, the order or the shares, and what it came to, as one sentence. */
  readonly words: string;
}

/** Holds a run against its scheduler's promise as its requests end, each in constant time. */
export interface Judge {
  /** The server that answered the next request; null when it failed or the page named none: a turn of anyone. */
  add(server: string | null): void;
  /** Undefined when the scheduler promises nothing exact. */
  judgement(): Judgement | undefined;
}

interface Seen {
  requests: number;
  /** Requests that no known server answered. */
  unknown: number;
  readonly counts: Map<string, number>;
  /** Who holds each place of the period. */
  readonly places: (string | undefined)[];
  /** The first request that did not go to the holder of its place, from 1. */
  firstBreak: number | undefined;
}

/**
 * `inOrder`: requests were sent one after another, so that replies come in the order in which connections reached the
 * director, and the order itself can be judged. With several under way only the shares can.
 */
export function createJudge(scheduler: string, servers: readonly ScheduledServer[], inOrder: boolean): Judge {
  const promise = schedulePromise(scheduler, servers);
  const seen: Seen = { requests: 0, unknown: 0, counts: new Map(), places: [], firstBreak: undefined };
  return {
    add(server) {
      seen.requests += 1;
      if (server === null) seen.unknown += 1;
      else seen.counts.set(server, (seen.counts.get(server) ?? 0) + 1);
      if (promise && server !== null) takePlace(seen, server, promise.period);
    },
    judgement: () => promise && { scheduler, promised: promise.words, ...judge(promise, seen, inOrder) },
  };
}

function takePlace(seen: Seen, server: string, period: number): void {
  const place = (seen.requests - 1) % period;
  const holder = (seen.places[place] ??= server);
  if (holder !== server) seen.firstBreak ??= seen.requests;
}

function judge(
  promise: SchedulePromise,
  seen: Seen,
  inOrder: boolean,
): Pick<Judgement, 'observed' | 'verdict' | 'words'> {
  const observed = describeCounts(seen);
  const needed = 2 * promise.period;
  if (seen.requests < needed || seen.counts.size === 0) {
    const words = `Too short to judge: ${seen.requests - seen.unknown} of ${seen.requests} requests were answered by a known server, and at least ${needed} requests are needed.`;
    return { observed, verdict: 'too-short', words };
  }
  const fault = strangers(promise, seen) ?? (inOrder ? orderFault(promise, seen) : shareFault(promise, seen));
  const judged = inOrder
    ? 'the order of the replies, which with one request at a time is that of the connections'
    : 'the shares, to within one turn, since several requests at once may end in another order than they came';
  const unknown =
    seen.unknown === 0
      ? ''
      : ` ${seen.unknown} requests without a known server count as turns of whoever was due.`;
  return {
    observed,
    verdict: fault === undefined ? 'as-promised' : 'not-as-promised',
    words: `Judged by ${judged}: ${fault ?? 'as promised'}.${unknown}`,
  };
}

function strangers({ turns }: SchedulePromise, { counts }: Seen): string | undefined {
  const names = [...counts.keys()].filter((name) => !turns.has(name));
  return names.length === 0 ? undefined : `${names.join(', ')} answered, which should have got nothing`;
}

function orderFault({ turns, period }: SchedulePromise, { places, firstBreak }: Seen): string | undefined {
  if (firstBreak !== undefined) return `request ${firstBreak} broke the order`;
  for (const [name, due] of turns) {
    const had = places.filter((holder) => holder === name).length;
    const free = period - places.filter((holder) => holder !== undefined).length;
    if (had > due || had + free < due) return `${name} had ${had} of every ${period} connections, not ${due}`;
  }
  return undefined;
}

/** Whole periods give each server its turns; a begun one gives it none to all of them. */
function shareFault({ turns, period }: SchedulePromise, seen: Seen): string | undefined {
  const [whole, begun] = [Math.floor(seen.requests / period), seen.requests % period];
  let missing = 0;
  for (const [name, due] of turns) {
    const had = seen.counts.get(name) ?? 0;
    const least = whole * due;
    const most = least + Math.min(due, begun);
    if (had > most) return `${name} answered ${had}, more than its ${most}`;
    missing += Math.max(0, least - had);
  }
  return missing > seen.unknown ? `${missing} connections went to others than promised` : undefined;
}

function describeCounts({ counts, unknown }: Seen): string {
  const parts = [...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const words = parts.map(([name, count]) => `${name} ${count}`);
  return [...words, ...(unknown > 0 ? [`no known server ${unknown}`] : [])].join(', ');
}
