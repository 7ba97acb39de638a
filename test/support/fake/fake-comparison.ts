import type { ComparedMode, Comparison } from '../../../src-main/contract/comparison.ts';
import type { CompareRequest } from '../../../src-main/contract/labs.ts';
import { listed, message } from '../../../src-main/contract/message.ts';
import { fakeObservation } from './fake-act.ts';

/** Figures like those of real runs, by mode. */
const wires = {
  nat: {
    ...{ counters: { conns: 300, inPkts: 1800, outPkts: 1500, inBytes: 117_000, outBytes: 168_000 } },
    perRequest: { front: { frames: 11, bytes: 950 }, back: { frames: 11, bytes: 950 } },
    director: { inFrames: 11, outFrames: 11, inBytes: 950, outBytes: 950 },
    ...{ addedBytes: 0, hops: { request: 2, reply: 2 }, answeredBy: ['director'], vipOn: ['director:eth0'] },
  },
  dr: {
    ...{ counters: { conns: 300, inPkts: 1800, outPkts: 0, inBytes: 117_000, outBytes: 0 } },
    perRequest: { front: { frames: 17, bytes: 1390 }, back: { frames: 0, bytes: 0 } },
    director: { inFrames: 6, outFrames: 6, inBytes: 440, outBytes: 440 },
    ...{ addedBytes: 0, hops: { request: 2, reply: 1 }, answeredBy: ['rs1', 'rs2'] },
    vipOn: ['director:eth0', 'rs1:lo', 'rs2:lo'],
  },
  tun: {
    ...{ counters: { conns: 300, inPkts: 1800, outPkts: 0, inBytes: 117_000, outBytes: 0 } },
    perRequest: { front: { frames: 17, bytes: 1510 }, back: { frames: 0, bytes: 0 } },
    director: { inFrames: 6, outFrames: 6, inBytes: 440, outBytes: 560 },
    ...{ addedBytes: 20, hops: { request: 2, reply: 1 }, answeredBy: ['rs1', 'rs2'] },
    vipOn: ['director:eth0', 'rs1:tunl0', 'rs2:tunl0'],
  },
} satisfies Record<string, Partial<ComparedMode>>;

/** A comparison as it would end; made up but for the claims, which are those of real labs. */
export function fakeComparison(request: CompareRequest): Comparison {
  const { template, modes, schedulers = ['rr'], rounds, requests, concurrency } = request;
  return {
    ...{ lab: 'compare', template, rounds, requestsPerRound: requests, concurrency },
    entries: modes.flatMap((mode, at) =>
      schedulers.map((scheduler) => fakeEntry({ mode, scheduler, at, rounds, requests: requests * rounds })),
    ),
  };
}

interface Entry {
  readonly mode: string;
  readonly scheduler: string;
  readonly at: number;
  readonly rounds: number;
  readonly requests: number;
}

function fakeEntry({ mode, scheduler, at, rounds, requests }: Entry): ComparedMode {
  const { claims, explanations, stories } = fakeObservation(mode);
  const failed = mode === 'tun' ? 2 : 0;
  return {
    ...{ mode, scheduler, requests, failed, failures: failed ? { timeout: failed } : {} },
    byServer: { rs1: Math.ceil(requests / 2) - failed, rs2: Math.floor(requests / 2) },
    latencyMs: { p50: 5.1 + at, p95: 9.4 + at, p99: 14.2 + 2 * at },
    medianMs: Array.from({ length: rounds }, (_, round) => 4.8 + at + round * 0.4),
    ratePerSecond: Array.from({ length: rounds }, (_, round) => 172 - 21 * at + 4 * round),
    promise: {
      promised: message('promise.alternation', 'exact alternation over {servers}', {
        servers: listed(['rs1', 'rs2']),
      }),
      verdict: failed ? 'not-as-promised' : 'as-promised',
      words: message('judged.turns', 'Judged by {how}: {finding}.', {
        how: message('judged.how.shares', 'the shares, to within one turn'),
        finding: failed
          ? message('judged.fault.elsewhere', '{count} connections went to others than promised', {
              count: 2,
            })
          : message('judged.kept', 'as promised'),
      }),
    },
    ...wires[mode as keyof typeof wires],
    framesLost: 0,
    switchMs: at === 0 ? [] : [2810, 2650, 2740].slice(0, rounds),
    ...{ claims, explanations, story: stories[0] ?? null },
  };
}
