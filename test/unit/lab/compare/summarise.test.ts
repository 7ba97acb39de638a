import { describe, expect, it } from 'vitest';
import type { Hop, RequestStory } from '../../../../src-main/contract/evidence.ts';
import type { Observation } from '../../../../src-main/contract/observation.ts';
import { summarise } from '../../../../src-main/lab/compare/summarise.ts';
import type { MeasuredTurn } from '../../../../src-main/lab/compare/turn.ts';
import { createTally } from '../../../../src-main/traffic/tally.ts';
import type { Sample } from '../../../../src-main/traffic/sample.ts';

function sample(number: number, server: string | null, totalMs: number): Sample {
  return {
    ...{
      number,
      server,
      httpStatus: server ? 200 : null,
      connectMs: 1,
      totalMs,
      sourcePort: 40000,
      arrivedMs: totalMs,
    },
    failure: server ? null : { kind: 'timeout', curlExitCode: 28, words: '' },
  } as Sample;
}

function turn(samples: readonly Sample[], switchMs: number | null, verdict = 'as-promised'): MeasuredTurn {
  const tally = createTally();
  for (const each of samples) tally.add(each);
  const counters = { conns: 2, inPkts: 10, outPkts: 0, inBytes: 100, outBytes: 0 };
  return {
    samples,
    switchMs,
    measurement: {
      result: { ...tally.summary(), judgement: { promised: 'turns', observed: '', verdict, words: verdict } },
      ...{ counters, tables: '', firstReplyAt: 1 },
    },
    wire: {
      segments: { lan: { frames: 20, bytes: 2000 } },
      ...{ node: { inFrames: 12, outFrames: 10, inBytes: 1200, outBytes: 1000 }, lost: 0 },
    },
  } as unknown as MeasuredTurn;
}

function hop(sequence: number, direction: 'request' | 'reply', changes: Partial<Hop>): Hop {
  return {
    sequence,
    direction,
    outer: null,
    previous: null,
    from: 'client',
    to: 'director',
    ...changes,
  } as Hop;
}

const story = {
  outcome: 'answered',
  client: { node: 'client', address: '10.10.0.200', port: 40000 },
  hops: [
    hop(1, 'request', {}),
    hop(2, 'request', {
      previous: 1,
      from: 'director',
      to: 'rs1',
      outer: { addedBytes: 20 } as Hop['outer'],
    }),
    hop(3, 'reply', { from: 'rs1', to: 'client' }),
    hop(4, 'request', {}),
    hop(5, 'request', { previous: 4 }),
  ],
} as unknown as RequestStory;

const look = {
  ...{ claims: [], explanations: [], stories: [story], framesLost: 1, vipOn: ['director eth0'] },
} as unknown as Observation;

describe('summarise', () => {
  it('puts rounds together: counts add up, latencies are pooled, what was per round stays so', () => {
    const turns = [
      turn([sample(1, 'rs1', 10), sample(2, 'rs2', 30)], null),
      turn([sample(1, 'rs1', 20), sample(2, null, 2000)], 1500),
    ];
    expect(summarise({ mode: 'tun', scheduler: 'rr' }, turns, look)).toMatchObject({
      ...{ requests: 4, failed: 1, failures: { timeout: 1 }, byServer: { rs1: 2, rs2: 1 } },
      latencyMs: { p50: 20, p95: 30, p99: 30 },
      medianMs: [10, 20],
      counters: { conns: 4, inPkts: 20, outPkts: 0, inBytes: 200, outBytes: 0 },
      perRequest: { lan: { frames: 10, bytes: 1000 } },
      director: { inFrames: 6, outFrames: 5, inBytes: 600, outBytes: 500 },
      ...{ framesLost: 1, addedBytes: 20, hops: { request: 2, reply: 1 }, answeredBy: ['rs1'] },
      ...{ vipOn: ['director eth0'], switchMs: [1500] },
    });
  });

  it('does not let a later round hide that one broke the promise', () => {
    const turns = [turn([sample(1, 'rs1', 1)], null, 'not-as-promised'), turn([sample(1, 'rs1', 1)], 1)];
    expect(summarise({ mode: 'dr', scheduler: 'rr' }, turns, look).promise?.verdict).toBe('not-as-promised');
  });
});
