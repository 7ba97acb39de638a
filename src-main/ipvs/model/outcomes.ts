import type { Candidate, Candidates } from './candidates.ts';
import type { Connection, Presence } from './connection.ts';
import type { Counts } from './tally.ts';
import { isOpen, type Request, type SchedulerModel, type ServerView } from './scheduler.ts';
import type { ModelServer, ModelSettings, PredictionReason } from './types.ts';

/** One thing that the kernel may do with a SYN. */
export interface Outcome {
  /** The server's place in the list; null: refused or dropped. */
  readonly server: number | null;
  readonly why: PredictionReason;
  /** A connection that is there goes on; one that is not there is made, or would be. */
  readonly made: boolean;
  /** The state before a new connection is bound to its server. */
  readonly candidate: Candidate;
}

/** Whether a connection that is there goes on with its SYN, and whether it is given up for a new one. */
export interface Fate {
  readonly goesOn: Presence;
  readonly givenUp: Presence;
}

/**
 * ip_vs_in_hook() and is_new_conn_expected() in ip_vs_core.c: a SYN of a connection that has been closed, or whose server
 * has weight 0 (expire_nodest_conn), is scheduled anew.
 */
export function fateOf(
  { state, controlled, inputOnly }: Connection,
  server: ModelServer | undefined,
  { connReuseMode, expireNodestConn }: ModelSettings,
  modeZeroKeepsAll: boolean | null,
): Fate {
  const noServer = presenceIf(expireNodestConn, (value) => value !== 0);
  if (!server) return fate(noServer);
  const closed = () => {
    if (state === 'TIME_WAIT' || state === 'CLOSE') return presenceIf(connReuseMode, (mode) => mode !== 0);
    if (state === 'FIN_WAIT' && inputOnly) return presenceIf(connReuseMode, (mode) => (mode & 2) !== 0);
    return 'no';
  };
  const reused = both(closed(), opposite(controlled));
  if (server.weight !== 0) return fate(reused);
  const worksAnyway = modeZeroKeepsAll === false || (connReuseMode !== null && connReuseMode !== 0);
  return fate(either(worksAnyway ? noServer : both(noServer, 'maybe'), reused));
}

function fate(givenUp: Presence): Fate {
  return { givenUp, goesOn: opposite(givenUp) };
}

/** Whether a setting that may not be known passes a test. */
export function presenceIf(value: number | null, test: (value: number) => boolean): Presence {
  if (value === null) return 'maybe';
  return test(value) ? 'yes' : 'no';
}

/** Whether it is not so. */
export function opposite(value: Presence): Presence {
  if (value === 'maybe') return 'maybe';
  return value === 'yes' ? 'no' : 'yes';
}

/** Whether both are so. */
export function both(one: Presence, other: Presence): Presence {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'yes' && other === 'yes' ? 'yes' : 'maybe';
}

function either(one: Presence, other: Presence): Presence {
  return opposite(both(opposite(one), opposite(other)));
}

/** What the scheduler may do in a state; undefined when too many numbers are uncertain. */
export function schedule(
  scheduler: SchedulerModel,
  candidates: Candidates,
  candidate: Candidate,
  counts: readonly Counts[],
  request: Request,
): Outcome[] | undefined {
  const views = candidates.views(candidate, counts);
  return views?.flatMap((servers) =>
    scheduler.pick(servers, candidate.memory, request, candidate.variant).map(({ server, memory }) => ({
      server,
      why: server === null ? whyNone(servers) : ('scheduled' as const),
      made: true,
      candidate: { ...candidate, memory },
    })),
  );
}

function whyNone(servers: readonly ServerView[]): PredictionReason {
  if (servers.length === 0) return 'no-server';
  const weighty = servers.filter(({ weight }) => weight > 0);
  if (weighty.length === 0) return 'all-weight-0';
  if (!weighty.some(isOpen)) return 'all-full';
  const busy = weighty.filter(isOpen).every(({ active, weight }) => active > weight);
  return busy ? 'all-over-weight' : 'hashed-server-out';
}
