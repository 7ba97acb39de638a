import type { DirectorEvent, DirectorState } from '../contract/director-log.ts';
import type { Judgement } from '../contract/ipvs.ts';
import { createReplay } from '../ipvs/model/replay.ts';
import type { Prediction, Replay } from '../ipvs/model/types.ts';
import { countsConnections, promiseOf } from '../ipvs/schedulers.ts';
import { increment } from './counts.ts';
import { modelOf } from './director-model.ts';
import { readPicks, type SeenPick } from './director-picks.ts';
import { observedWords, refusedNotes } from './judge-words.ts';
import type { Judged, UnknownCourse } from './judged.ts';
import { verdictOf } from './verdict.ts';

/** Holds what passed the director against what the kernel's scheduler does with the director's table. */
export interface Judge {
  /** What happened at the director next. */
  add(event: DirectorEvent): void;
  /** What it comes to; nothing is added after it. */
  judgement(): Judgement;
}

/**
 * A judge of one load.
 * @param state The director before its first request.
 * @param replay The model of the kernel's scheduler; another one for tests.
 */
export function createJudge(state: DirectorState, replay: Replay = replayOf(state)): Judge {
  const judged = nothingJudged(state, replay);
  const reader = readPicks(state, {
    pick: (pick) => {
      notePick(judged, state, replay, pick);
    },
    packet: (way, atMs, client, flags) => {
      if (way === 'in') replay.packetIn(atMs, client, flags);
      else replay.packetOut(atMs, client, flags);
    },
    broken: (why) => {
      judged.unknown ??= why === 'lost' ? 'frames-lost' : 'table-changed';
    },
  });
  return {
    add: (event) => {
      reader.add(event);
    },
    judgement() {
      reader.end();
      return {
        scheduler: state.scheduler,
        promised: promiseOf(state),
        observed: observedWords(judged, state),
        refusals: refusedNotes(judged),
        ...verdictOf(judged, state),
      };
    },
  };
}

function replayOf(state: DirectorState): Replay {
  const { service, connections, settings } = modelOf(state);
  return createReplay(service, connections, settings);
}

function nothingJudged(state: DirectorState, replay: Replay): Judged {
  return {
    ...{ picks: 0, luck: 0, stray: undefined, unseen: 0 },
    ...{ counts: new Map(), refused: new Map(), expected: new Map() },
    drawn: { counts: new Map(), expected: new Map() },
    unknown: replay.unknown ?? unknownCourse(state),
  };
}

/** These look at the client's address alone, so that the order of connections makes no difference. */
const hashing: readonly string[] = ['sh', 'dh', 'mh'];

function unknownCourse(state: DirectorState): UnknownCourse | undefined {
  const { scheduler, servers, connectionsCut, transit } = state;
  const bounded = servers.some(({ upper }) => upper > 0);
  if (connectionsCut) return 'connections-cut';
  if (isUnlisted(state)) return 'connections-unlisted';
  if (transit === 'mixed' && (bounded || !hashing.includes(scheduler))) return 'frames-mixed';
  if (transit !== 'in-order' && (bounded || countsConnections(scheduler))) return 'frames-late';
  return undefined;
}

/** While connections expire, a listing misses some; where it misses more, what it says is not what the table counts. */
const mostUnlisted = { count: 5, share: 0.1 };

function isUnlisted({ protocol, address, servers, connections }: DirectorState): boolean {
  const counted = servers.reduce((sum, { active, inactive }) => sum + active + inactive, 0);
  const ofAnyPort = protocol === 'fwmark' || address.endsWith(':0');
  const listed = connections.filter(
    ({ client, virtual }) => !client.endsWith(':0') && (ofAnyPort || virtual === address),
  );
  const missing = counted - listed.length;
  return missing > mostUnlisted.count && missing > mostUnlisted.share * counted;
}

const synFlags = { syn: true, ack: false, fin: false, rst: false };

function notePick(
  judged: Judged,
  state: DirectorState,
  replay: Replay,
  { atMs, client, again, to: told }: SeenPick,
): void {
  const prediction = replay.packetIn(atMs, client, synFlags);
  if (!prediction) return;
  const to = isElsewhere(prediction, told) ? undefined : told;
  if (!again || beginsAgain(prediction, to)) {
    count(judged, prediction, to);
    expect(judged, prediction, state, to);
  }
  if (prediction.allowed.size === 0 && !judged.stray) judged.unknown ??= prediction.unknown;
  // What no frame shows is taken to have gone as it had to, where there was one way.
  const went = to === undefined ? onlyOf(prediction) : to;
  if (went === undefined || replay.picked(client, went)) return;
  judged.stray ??= { number: judged.picks, client: `${client.address}:${client.port}`, to: went, prediction };
}

/** What is sent again begins a connection only where the director knows of none. */
function beginsAgain({ why }: Prediction, to: SeenPick['to']): boolean {
  return why !== 'existing-connection' && typeof to === 'string';
}

/** ip_vs refuses nothing that it has a server for: something else of the director's did, such as a packet filter. */
function isElsewhere({ allowed }: Prediction, to: SeenPick['to']): boolean {
  return to === null && allowed.size > 0 && !allowed.has(null);
}

/** The one way that a prediction leaves; undefined where it leaves several, or none. */
function onlyOf({ allowed }: Prediction): string | null | undefined {
  return allowed.size === 1 ? [...allowed][0] : undefined;
}

function count(judged: Judged, prediction: Prediction, to: SeenPick['to']): void {
  judged.picks += 1;
  // What had to be dropped is not seen to go anywhere.
  const went = to === undefined && onlyOf(prediction) === null ? null : to;
  if (went === undefined) judged.unseen += 1;
  else if (went === null) increment(judged.refused, prediction.why);
  else increment(judged.counts, went);
}

/** Adds what the model expects of a connection, and how likely a lot would have come out the same. */
function expect(
  judged: Judged,
  { allowed, probabilities }: Prediction,
  { servers }: DirectorState,
  to: SeenPick['to'],
): void {
  const { expected, drawn } = judged;
  const shares = probabilities ?? new Map(Array.from(allowed, (address) => [address, 1 / allowed.size]));
  for (const [address, share] of shares) if (address !== null) add(expected, address, share);
  if (to === undefined) return;
  if (probabilities && to !== null) {
    add(drawn.counts, to, 1);
    for (const [address, share] of probabilities) add(drawn.expected, address, share);
  }
  const choices = Math.max(2, servers.filter(({ weight }) => weight > 0).length);
  if (!probabilities && allowed.size > 0 && allowed.size < choices)
    judged.luck += Math.log(allowed.size / choices);
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}
