import type { ComparedMode } from '../../contract/comparison.ts';
import type { RequestStory } from '../../contract/evidence.ts';
import type { IpvsCounters } from '../../contract/ipvs.ts';
import type { Observation } from '../../contract/observation.ts';
import { percentiles } from '../../traffic/tally.ts';
import type { MeasuredTurn } from './turn.ts';

/** Puts the rounds of one mode together. */
export function summarise(
  { mode, scheduler }: Pick<ComparedMode, 'mode' | 'scheduler'>,
  turns: readonly MeasuredTurn[],
  observation: Observation,
): ComparedMode {
  const results = turns.map(({ measurement }) => measurement.result);
  const requests = sum(results.map((result) => result.requests));
  const story = observation.stories.find(({ outcome }) => outcome === 'answered') ?? null;
  const judged =
    results.find(({ judgement }) => judgement?.verdict === 'not-as-promised')?.judgement ??
    results.at(-1)?.judgement;
  const answered = turns.flatMap(({ samples }) => samples.filter(({ failure }) => failure === null));
  const { p50, p95, p99 } = percentiles(answered.map(({ totalMs }) => totalMs));
  return {
    ...{ mode, scheduler, requests, failed: sum(results.map(({ failed }) => failed)) },
    failures: addUp(results.map(({ failures }) => failures)),
    byServer: addUp(results.map(({ byServer }) => byServer)),
    latencyMs: { p50, p95, p99 },
    medianMs: results.map(({ latencyMs }) => latencyMs.p50),
    ratePerSecond: results.map(({ ratePerSecond }) => ratePerSecond),
    promise: judged ? { promised: judged.promised, verdict: judged.verdict, words: judged.words } : null,
    counters: addCounters(turns.map(({ measurement }) => measurement.counters)),
    perRequest: perRequest(turns, requests),
    director: directorUse(turns, requests),
    framesLost: sum(turns.map(({ wire }) => wire.lost)) + observation.framesLost,
    addedBytes: Math.max(0, ...(story?.hops ?? []).map(({ outer }) => outer?.addedBytes ?? 0)),
    hops: story ? countHops(story) : { request: 0, reply: 0 },
    answeredBy: [...new Set(observation.stories.flatMap(answererOf))].sort(),
    vipOn: observation.vipOn,
    switchMs: turns.flatMap(({ switchMs }) => switchMs ?? []),
    ...{ claims: observation.claims, explanations: observation.explanations, story },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function addUp(counts: readonly Readonly<Partial<Record<string, number>>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const count of counts) {
    for (const [key, number] of Object.entries(count)) total[key] = (total[key] ?? 0) + (number ?? 0);
  }
  return total;
}

function addCounters(all: readonly IpvsCounters[]): IpvsCounters {
  const of = (key: keyof IpvsCounters) => sum(all.map((counters) => counters[key]));
  const packets = { inPkts: of('inPkts'), outPkts: of('outPkts') };
  return { conns: of('conns'), ...packets, inBytes: of('inBytes'), outBytes: of('outBytes') };
}

function perRequest(turns: readonly MeasuredTurn[], requests: number): ComparedMode['perRequest'] {
  const names = [...new Set(turns.flatMap(({ wire }) => Object.keys(wire.segments)))];
  const of = (name: string, key: 'frames' | 'bytes') =>
    sum(turns.map(({ wire }) => wire.segments[name]?.[key] ?? 0)) / requests;
  return Object.fromEntries(
    names.map((name) => [name, { frames: of(name, 'frames'), bytes: of(name, 'bytes') }]),
  );
}

function directorUse(turns: readonly MeasuredTurn[], requests: number): ComparedMode['director'] {
  const of = (key: keyof ComparedMode['director']) => sum(turns.map(({ wire }) => wire.node[key])) / requests;
  const frames = { inFrames: of('inFrames'), outFrames: of('outFrames') };
  return { ...frames, inBytes: of('inBytes'), outBytes: of('outBytes') };
}

/** How many frames the first packet of each direction became on its way. */
function countHops({ hops }: RequestStory): ComparedMode['hops'] {
  const wayOf = (direction: 'request' | 'reply') => {
    const first = hops.find((hop) => hop.direction === direction);
    let [count, last] = [first ? 1 : 0, first?.sequence];
    for (const hop of hops) {
      if (hop.previous !== null && hop.previous === last) [count, last] = [count + 1, hop.sequence];
    }
    return count;
  };
  return { request: wayOf('request'), reply: wayOf('reply') };
}

/** Who sent the frame in which the client got its first reply. */
function answererOf({ hops, client }: RequestStory): string[] {
  const arrival = hops.find(({ direction, to }) => direction === 'reply' && to === client.node);
  return arrival ? [arrival.from] : [];
}
