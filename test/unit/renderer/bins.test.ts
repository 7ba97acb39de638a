import { describe, expect, it } from 'vitest';
import { binSamples, binTimes, binWidth } from '../../../src-renderer/features/traffic/bins.ts';
import { addSamples, createRun, type SampleRun } from '../../../src-renderer/features/traffic/sample-run.ts';

type Request = readonly [arrivedMs: number, totalMs: number, failure?: string];

function add(run: SampleRun, requests: readonly Request[]): SampleRun {
  addSamples(run, {
    from: run.count,
    number: requests.map((_, index) => run.count + index + 1),
    arrivedMs: requests.map(([arrived]) => arrived),
    totalMs: requests.map(([, total]) => total),
    server: requests.map(() => 'rs1'),
    failure: requests.map(([, , failure]) => failure ?? null),
    ...{ source: requests.map(() => null), page: [], handedTo: [], sourcePort: [] },
  });
  return run;
}

describe('binSamples', () => {
  const requests: readonly Request[] = [
    ...[[10, 1] as const, [50, 3] as const, [90, 2] as const],
    ...[[110, 9] as const, [150, 5000, 'timeout'] as const],
    ...[[420, 4] as const, [460, 6] as const],
  ];

  it('tells rate, percentiles and failures by pieces of time, empty ones too', () => {
    const bins = binSamples(add(createRun(), requests), 100, false);
    expect(bins.rate).toEqual([30, 20, 0, 0, (2 * 1000) / 60]);
    expect(bins.p50).toEqual([2, 9, null, null, 4]);
    expect(bins.p95).toEqual([3, 9, null, null, 6]);
    expect(bins.failed).toEqual([0, 1, 0, 0, 0]);
  });

  it('tells no rate of a piece that is not over', () => {
    const run = add(createRun(), requests);
    expect(binSamples(run, 100, true).rate.at(-1)).toBeNull();
    expect(binSamples(add(run, [[505, 1]]), 100, false).rate.at(-1), 'nor of a sliver').toBeNull();
  });

  it('comes to the same whether samples came at once or little by little', () => {
    const run = createRun();
    let bins = binSamples(run, 100, true);
    for (const request of requests) bins = binSamples(add(run, [request]), 100, true, bins);
    expect(bins).toEqual(binSamples(run, 100, true));
  });

  it('begins anew when the width has changed', () => {
    const run = add(createRun(), requests);
    const narrow = binSamples(run, 100, false);
    expect(binSamples(run, 500, false, narrow)).toEqual(binSamples(run, 500, false));
  });
});

describe('binWidth', () => {
  it('keeps a long run to as many pieces as a small chart can show', () => {
    const run = createRun();
    add(
      run,
      Array.from({ length: 100_000 }, (_, index): Request => [index * 2, 1]),
    );
    const width = binWidth(run);
    const { starts } = binSamples(run, width, false);
    expect(starts.length).toBeLessThanOrEqual(160);
    expect(starts.length).toBeGreaterThan(60);
    expect(binTimes(width, 3)).toEqual([0, width / 1000, (2 * width) / 1000]);
  });

  it('gives a slow run pieces with something in them', () => {
    const run = add(
      createRun(),
      Array.from({ length: 40 }, (_, index): Request => [index * 1000, 1]),
    );
    expect(binWidth(run)).toBeGreaterThanOrEqual(2000);
  });

  it('has a width for a run of nothing', () => {
    expect(binWidth(createRun())).toBeGreaterThan(0);
  });
});
