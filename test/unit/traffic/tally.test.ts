import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src-main/traffic/sample.ts';
import { createTally } from '../../../src-main/traffic/tally.ts';

function sample(changes: Partial<Sample>): Sample {
  return {
    number: 1,
    ...{ server: 'rs1', handedTo: 'rs1', page: 'rs1' },
    httpStatus: 200,
    failure: null,
    connectMs: 1,
    totalMs: 2,
    sourcePort: 40_000,
    sourceAddress: '10.1.0.2',
    arrivedMs: 10,
    ...changes,
  };
}

const failed = (kind: 'timeout' | 'refused' | 'http-404') =>
  sample({
    ...{ server: null, page: null, handedTo: 'rs2' },
    ...{ failure: { kind, curlExitCode: 0, words: '' }, totalMs: 2000 },
  });

describe('createTally', () => {
  it('counts by server, by failure and in order', () => {
    const tally = createTally();
    const samples = [
      sample({ server: 'rs10' }),
      sample({ server: 'rs2' }),
      failed('timeout'),
      failed('timeout'),
      failed('http-404'),
      sample({ server: null }),
    ];
    for (const each of samples) tally.add(each);
    const summary = tally.summary();
    expect(summary).toMatchObject({
      requests: 6,
      failed: 3,
      unattributed: 1,
      byServer: { rs10: 1, rs2: 1 },
      failures: { timeout: 2, 'http-404': 1 },
      failedAt: { rs2: 3 },
      pages: { rs10: { rs1: 1 }, rs2: { rs1: 1 } },
      sequence: ['rs10', 'rs2', null, null, null, null],
    });
    expect(Object.keys(summary.byServer)).toEqual(['rs2', 'rs10']);
  });

  it('takes the percentiles of the answered requests by nearest rank', () => {
    const tally = createTally();
    for (let ms = 200; ms >= 1; ms -= 1) tally.add(sample({ totalMs: ms }));
    tally.add(failed('timeout'));
    expect(tally.summary().latencyMs).toEqual({ p50: 100, p95: 190, p99: 198, of: 200 });
  });

  it("takes the rate over the run's own span, from the first start to the last end", () => {
    const tally = createTally();
    tally.add(sample({ arrivedMs: 1100, totalMs: 100 }));
    tally.add(sample({ arrivedMs: 2000, totalMs: 50 }));
    tally.add(sample({ arrivedMs: 3000, totalMs: 50 }));
    expect(tally.summary()).toMatchObject({ spanMs: 2000, ratePerSecond: 1.5 });
  });

  it('has no figures where there is nothing to count', () => {
    expect(createTally().summary()).toMatchObject({
      requests: 0,
      ratePerSecond: null,
      latencyMs: { p50: null, p95: null, p99: null, of: 0 },
    });
  });

  it('counts by source address, where it is known', () => {
    const tally = createTally();
    tally.add(sample({}));
    tally.add(sample({ server: 'rs2', sourceAddress: '10.1.0.3' }));
    tally.add({ ...failed('timeout'), sourceAddress: '10.1.0.3' });
    tally.add(sample({ sourceAddress: null }));
    expect(tally.summary().bySource).toEqual({
      '10.1.0.2': { requests: 1, failed: 0, byServer: { rs1: 1 } },
      '10.1.0.3': { requests: 2, failed: 1, byServer: { rs2: 1 } },
    });
  });

  it('bounds the order that it keeps, and counts all requests', () => {
    const tally = createTally();
    for (let i = 0; i < 120_000; i += 1) tally.add(sample({ number: i }));
    const { requests, byServer, sequence, latencyMs } = tally.summary();
    expect({ requests, byServer, kept: sequence.length, of: latencyMs.of }).toEqual({
      requests: 120_000,
      byServer: { rs1: 120_000 },
      kept: 10_000,
      of: 120_000,
    });
  });
});
