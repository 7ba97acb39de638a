import { describe, expect, it } from 'vitest';
import type { DirectorLog } from '../../../../src-main/contract/director-log.ts';
import type { SampleColumns } from '../../../../src-main/contract/journal.ts';
import { runFigures, type RunGiven } from '../../../../src-main/report/figures/run-figures.ts';
import { runFiguresSchema } from '../../../../src-main/report/model/run.ts';
import { madeEvents, madeState, oneByOne } from '../../../support/made-director.ts';

type Row = readonly [
  arrivedMs: number,
  totalMs: number,
  server: string | null,
  failure?: string | undefined,
  source?: string,
];

function columns(from: number, rows: readonly Row[]): SampleColumns {
  return {
    from,
    number: rows.map((_, index) => from + index + 1),
    arrivedMs: rows.map(([arrived]) => arrived),
    totalMs: rows.map(([, total]) => total),
    server: rows.map(([, , server]) => server),
    failure: rows.map(([, , , failure]) => failure ?? null),
    source: rows.map(([, , , , source]) => source ?? null),
    page: rows.map(([, , server]) => server && `This is ${server}`),
    handedTo: rows.map(([, , server, failure]) => server ?? (failure ? 'rs2' : null)),
    sourcePort: rows.map(() => null),
  };
}

async function* pieces(...all: readonly (readonly Row[])[]): AsyncGenerator<SampleColumns> {
  let from = 0;
  for (const rows of all) {
    yield columns(from, rows);
    from += rows.length;
  }
}

const given: RunGiven = { disturbedBy: [], log: undefined };

const state = madeState('rr', [
  { name: 'rs1', weight: 1 },
  { name: 'rs2', weight: 1 },
]);

/** What passed the director, where the nth connection went to the server named by the nth letter. */
function logOf(letters: string): DirectorLog {
  const { events } = madeEvents(state, oneByOne(letters.length), (_, at) =>
    letters[at] === 'a' ? '10.20.0.11:80' : '10.20.0.12:80',
  );
  return {
    state,
    events: (async function* () {
      for (const event of events) yield [event];
    })(),
  };
}

const five: readonly Row[] = [
  [105, 5, 'rs1', undefined, '10.10.0.200'],
  [600, 4, 'rs2', undefined, '10.10.0.201'],
  [1100, 7.5, 'rs1', undefined, '10.10.0.200'],
  [3200, 2000, null, 'timeout', '10.10.0.201'],
  [3300, 6, 'rs1', undefined, '10.10.0.200'],
];

describe('The figures of a run', () => {
  it('are counted from its samples', async () => {
    const figures = await runFigures(pieces(five), given);
    expect(figures).toMatchObject({
      ...{ requests: 5, failed: 1, failures: { timeout: 1 }, byServer: { rs1: 3, rs2: 1 } },
      bySource: { '10.10.0.200': { rs1: 3 }, '10.10.0.201': { rs2: 1 } },
      latencyMs: { min: 4, p50: 5, p95: 7.5, p99: 7.5, max: 7.5 },
      sequence: ['rs1', 'rs2', 'rs1', null, 'rs1'],
      seconds: [
        { second: 0, answered: 2, failed: 0 },
        { second: 1, answered: 1, failed: 0 },
        { second: 2, answered: 0, failed: 0 },
        { second: 3, answered: 1, failed: 1 },
      ],
    });
    // From 100 ms, when the first began, to 3300 ms.
    expect(figures?.ratePerSecond).toBeCloseTo(5 / 3.2, 10);
    expect(runFiguresSchema.parse(figures)).toEqual(figures);
  });

  it('are the same however the samples are cut into pieces', async () => {
    const whole = await runFigures(pieces(five), given);
    expect(await runFigures(pieces(five.slice(0, 2), [], five.slice(2)), given)).toEqual(whole);
  });

  it('have every answered request in one interval of the latencies, and each interval where it says', async () => {
    const rows = Array.from({ length: 1000 }, (_, index): Row => {
      const took = 3 + (index % 250) / 100 + (index === 999 ? 500 : 0);
      return [index * 10 + took, took, 'rs1'];
    });
    const figures = await runFigures(pieces(rows), given);
    const { latencies = [], latencyMs } = figures ?? {};
    for (const { fromMs, toMs, count } of latencies) {
      expect(count).toBe(rows.filter(([, took]) => took >= fromMs && took < toMs).length);
    }
    expect(latencies.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
    expect(latencies.every(({ fromMs }, index) => index === 0 || fromMs === latencies[index - 1]?.toMs)).toBe(
      true,
    );
    expect(latencies.length).toBeGreaterThan(10);
    expect(latencies.length).toBeLessThan(40);
    // One outlier does not flatten the picture: it is in the last interval alone.
    expect(latencies.at(-1)).toMatchObject({ count: 1 });
    expect(latencyMs?.max).toBeCloseTo(505.49, 6);
  });

  it('have latencies that are all the same in one interval', async () => {
    const figures = await runFigures(pieces(Array.from({ length: 9 }, (): Row => [50, 5, 'rs1'])), given);
    expect(figures?.latencies).toEqual([{ fromMs: 5, toMs: 5.01, count: 9 }]);
  });

  it('keep the first 400 of the order', async () => {
    const rows = Array.from({ length: 900 }, (_, index): Row => [index, 1, index % 2 === 0 ? 'rs1' : 'rs2']);
    const figures = await runFigures(pieces(rows.slice(0, 500), rows.slice(500)), given);
    expect(figures?.sequence).toEqual(rows.slice(0, 400).map(([, , server]) => server));
  });

  it('hold what passed the director against what round robin promises', async () => {
    const good = await runFigures(pieces(five), { ...given, log: logOf('abababab') });
    expect(good?.judgement?.verdict).toBe('as-promised');
    const bad = await runFigures(pieces(five), { ...given, log: logOf('abababaa') });
    expect(bad?.judgement?.verdict).toBe('not-as-promised');
    expect(bad?.judgement?.words.text).toContain('Connection 8');
  });

  it('judge nothing where the lab was changed meanwhile, or what passed the director was not kept', async () => {
    const disturbed = await runFigures(pieces(five), {
      ...{ disturbedBy: ['impair', 'stopNode'], log: logOf('abababab') },
    });
    expect(disturbed?.judgement).toMatchObject({ verdict: 'not-predictable', test: null, shares: null });
    expect(disturbed?.judgement?.words.text).toContain('impair, stopNode');
    expect((await runFigures(pieces(five), given))?.judgement).toBeNull();
  });

  it('tell what pages said apart from who answered, and where failed requests had been handed to', async () => {
    expect(await runFigures(pieces(five), given)).toMatchObject({
      pages: { rs1: { 'This is rs1': 3 }, rs2: { 'This is rs2': 1 } },
      ...{ unattributed: 0, failedAt: { rs2: 1 } },
      service: { verdict: 'some-failed', words: { text: '1 of 5 requests failed: 1 timeout.' } },
    });
    const unseen = five.map(([arrived, total]): Row => [arrived, total, null]);
    expect(await runFigures(pieces(unseen), given)).toMatchObject({ unattributed: 5, byServer: {} });
  });

  it('tell of a run that nobody answered that it failed', async () => {
    const rows = [1, 2, 3].map((number): Row => [number * 10, 1, null, 'refused']);
    const figures = await runFigures(pieces(rows), given);
    expect(figures).toMatchObject({
      ...{ requests: 3, failed: 3, failures: { refused: 3 }, byServer: {}, latencyMs: null, latencies: [] },
      sequence: [null, null, null],
    });
  });

  it('are none without samples', async () => {
    expect(await runFigures(pieces(), given)).toBeNull();
  });
});
