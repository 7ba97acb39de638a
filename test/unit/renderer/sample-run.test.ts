import { describe, expect, it } from 'vitest';
import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import { nearestRank } from '../../../src-main/contract/load-figures.ts';
import { percentiles } from '../../../src-main/traffic/tally.ts';
import {
  addSamples,
  countsOf,
  createRun,
  sortedLatencies,
} from '../../../src-renderer/features/traffic/sample-run.ts';
import { totalsOf } from '../../../src-renderer/features/traffic/shown-run.ts';

/** Requests that the given servers answered, one every 10 ms; those of null timed out. */
function columns(from: number, server: (string | null)[]): SampleColumns {
  return {
    from,
    number: server.map((_, index) => from + index + 1),
    arrivedMs: server.map((_, index) => (from + index + 1) * 10),
    totalMs: server.map((_, index) => ((from + index) * 7) % 100),
    server,
    failure: server.map((name) => (name === null ? 'timeout' : null)),
    ...{ source: server.map(() => null), page: server, handedTo: server, sourcePort: [] },
  };
}

describe('addSamples', () => {
  it('counts who answered and what failed', () => {
    const run = createRun();
    addSamples(run, columns(0, ['rs10', 'rs2', null, 'rs2']));
    expect(Object.entries(countsOf(run.servers, run.byServer))).toEqual([
      ['rs2', 2],
      ['rs10', 1],
    ]);
    expect(countsOf(run.kinds, run.byKind)).toEqual({ timeout: 1 });
    expect([...run.server.subarray(0, 4)]).toEqual([1, 2, 0, 2]);
  });

  it('grows far beyond the room it was made with', () => {
    const run = createRun(2);
    const names = Array.from({ length: 5000 }, (_, index) => (index % 2 ? 'rs1' : 'rs2'));
    for (let from = 0; from < 50_000; from += names.length) addSamples(run, columns(from, names));
    expect(run.count).toBe(50_000);
    expect(run.number[49_999]).toBe(50_000);
    expect(run.arrivedMs[49_999]).toBe(500_000);
    expect(countsOf(run.servers, run.byServer)).toEqual({ rs1: 25_000, rs2: 25_000 });
  });

  it('passes over what it has when a stream begins anew', () => {
    const run = createRun();
    addSamples(run, columns(0, ['rs1', 'rs2']));
    addSamples(run, columns(0, ['rs1', 'rs2', 'rs1']));
    addSamples(run, columns(1, ['rs2']));
    expect(run.count).toBe(3);
    expect([...run.number.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect(run.missed).toBe(0);
  });

  it('tells how many did not come', () => {
    const run = createRun();
    addSamples(run, columns(0, ['rs1']));
    addSamples(run, columns(5, ['rs1', 'rs2']));
    expect([run.count, run.missed]).toEqual([3, 4]);
    addSamples(run, columns(6, ['rs2', 'rs1']));
    expect([run.count, run.missed]).toEqual([4, 4]);
  });
});

describe('nearestRank', () => {
  it('is that of the load itself', () => {
    const run = createRun();
    addSamples(run, columns(0, ['rs1', null, 'rs2', 'rs1', 'rs2', 'rs1', 'rs2', 'rs1', null]));
    const answered = [0, 2, 3, 4, 5, 6, 7].map((index) => (index * 7) % 100);
    const sorted = sortedLatencies(run);
    const { p50, p95, p99 } = percentiles(answered);
    expect([0.5, 0.95, 0.99].map((share) => nearestRank(sorted, share))).toEqual([p50, p95, p99]);
  });

  it('is null of nothing', () => {
    expect(nearestRank(sortedLatencies(createRun()), 0.5)).toBeNull();
  });
});

describe('totalsOf', () => {
  it('counts failures apart, and the rate of all', () => {
    const run = createRun();
    addSamples(run, columns(0, ['rs1', null, 'rs2', 'rs1']));
    // The first one ended at 10 ms and took none; the last one ended at 40 ms.
    expect(totalsOf(run)).toMatchObject({ requests: 4, failed: 1, ratePerSecond: 4000 / 30 });
  });

  it('knows no rate of nothing', () => {
    expect(totalsOf(createRun())).toMatchObject({ requests: 0, failed: 0, ratePerSecond: null, p50: null });
  });
});
