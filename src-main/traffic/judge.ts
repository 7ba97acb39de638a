import type { DirectorEvent, DirectorState } from '../contract/director-log.ts';
import type { Judgement } from '../contract/ipvs.ts';
import { createReplay } from '../ipvs/model/replay.ts';
import type { Prediction, Replay } from '../ipvs/model/types.ts';
import { promiseOf } from '../ipvs/schedulers.ts';
import { increment } from './counts.ts';
import { modelOf } from './director-model.ts';
import { readPicks, type SeenPick } from './director-picks.ts';
import { observedWords, refusedNotes } from './judge-words.ts';
import type { Judged } from './judged.ts';
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
    lost: () => {
      judged.unknown ??= 'frames-lost';
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

function nothingJudged({ connectionsCut }: DirectorState, replay: Replay): Judged {
  return {
    ...{ picks: 0, luck: 0, drawn: false, stray: undefined, unseen: 0 },
    ...{ counts: new Map(), refused: new Map(), expected: new Map() },
    unknown: replay.unknown ?? (connectionsCut ? 'connections-cut' : undefined),
  };
}

const synFlags = { syn: true, ack: false, fin: false, rst: false };

function notePick(
  judged: Judged,
  state: DirectorState,
  replay: Replay,
  { atMs, client, again, to }: SeenPick,
): void {
  const prediction = replay.packetIn(atMs, client, synFlags);
  if (!prediction) return;
  // What is sent again begins a connection only where the director knows of none.
  if (!again || (prediction.why !== 'existing-connection' && typeof to === 'string')) {
    count(judged, prediction, to);
    expect(judged, prediction, state);
  }
  if (prediction.allowed.size === 0 && !judged.stray) judged.unknown ??= prediction.unknown;
  // What no frame shows is taken to have gone as it had to, where there was one way.
  const went = to === undefined ? onlyOf(prediction) : to;
  if (went === undefined || replay.picked(client, went)) return;
  judged.stray ??= { number: judged.picks, client: `${client.address}:${client.port}`, to: went, prediction };
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
function expect(judged: Judged, { allowed, probabilities }: Prediction, { servers }: DirectorState): void {
  if (probabilities) judged.drawn = true;
  const shares = probabilities ?? Array.from(allowed, (address) => [address, 1 / allowed.size] as const);
  for (const [address, share] of shares)
    if (address !== null) judged.expected.set(address, (judged.expected.get(address) ?? 0) + share);
  const choices = Math.max(2, servers.filter(({ weight }) => weight > 0).length);
  if (!probabilities && allowed.size > 0 && allowed.size < choices)
    judged.luck += Math.log(allowed.size / choices);
}
