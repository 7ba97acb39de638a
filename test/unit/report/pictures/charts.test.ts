import { describe, expect, it } from 'vitest';
import type { ReportedRun } from '../../../../src-main/report/model/run.ts';
import { comparisonCharts } from '../../../../src-main/report/pictures/comparison-charts.ts';
import { latencyChart } from '../../../../src-main/report/pictures/latency-chart.ts';
import { rateChart } from '../../../../src-main/report/pictures/rate-chart.ts';
import { sequenceStrip } from '../../../../src-main/report/pictures/sequence-strip.ts';
import { shareChart } from '../../../../src-main/report/pictures/share-chart.ts';
import { switchGap } from '../../../../src-main/report/pictures/switch-gap.ts';
import { textWidth } from '../../../../src-main/report/pictures/text-width.ts';
import { count, percent } from '../../../../src-main/report/words/numbers.ts';
import { wordsFor } from '../../../../src-main/report/words/words.ts';
import { handmadeReport } from '../../../support/report-source.ts';
import { elementsOf, faultsOf, numberOf, ofClass, outside, wordsOf } from './drawn.ts';

const words = wordsFor('en');
const report = await handmadeReport();
const width = (text: string) => textWidth(text, 10.5, 'sans');

/** Where a scale's first and last tick are, and what they stand for. */
function scaleOf(drawing: ReturnType<typeof shareChart>, side: 'x' | 'y'): (length: number) => number {
  const ticks = ofClass(drawing, 'tick').filter(({ properties }) =>
    side === 'x' ? properties.textAnchor === 'middle' : properties.textAnchor === 'end',
  );
  const values = ticks.flatMap((tick) => {
    const value = Number.parseFloat((wordsOf(tick)[0] ?? '').replace(',', ''));
    return Number.isNaN(value) ? [] : [{ value, at: numberOf(tick, side) }];
  });
  const most = values.toSorted((a, b) => b.value - a.value)[0]!;
  const zero = values.find(({ value }) => value === 0)!;
  return (length) => (length / Math.abs(most.at - zero.at)) * most.value;
}

/** A load whose servers have these counts. */
function runWith(byServer: Record<string, number>, sequence: (string | null)[]): ReportedRun {
  const run = structuredClone(report.runs[0]!);
  const answered = Object.values(byServer).reduce((sum, n) => sum + n, 0);
  const servers = Object.keys(byServer).map((name) => ({ name, weight: 1 }));
  return {
    ...run,
    schedule: { scheduler: 'rr', servers },
    figures: { ...run.figures!, requests: answered + 7, failed: 7, byServer, sequence },
  };
}

const names = Array.from({ length: 8 }, (_, at) => `a-real-server-with-a-long-name-${at + 1}`);
const eight = runWith(
  Object.fromEntries(names.map((name, at) => [name, 10 + at])),
  Array.from({ length: 400 }, (_, at) => (at % 9 === 8 ? null : (names[at % 8] ?? null))),
);

describe('shareChart', () => {
  it.each([...report.runs.slice(0, 4), eight])('has bars as long as the shares', (run) => {
    const drawing = shareChart(run, words);
    const { byServer, requests, failed } = run.figures!;
    const share = scaleOf(drawing, 'x');
    const bars = ofClass(drawing, 'bar').map((bar) => share(numberOf(bar, 'width')) / 100);
    const servers = Object.keys(byServer).toSorted();
    expect(bars).toHaveLength(servers.length);
    for (const [at, name] of servers.entries()) {
      const part = (byServer[name] ?? 0) / (requests - failed);
      expect(bars[at]).toBeCloseTo(part, 3);
      expect(wordsOf(drawing)).toContain(percent(part));
      expect(wordsOf(drawing)).toContain(count(byServer[name] ?? 0));
    }
    expect(outside(drawing, width)).toEqual([]);
    expect(faultsOf(drawing)).toEqual([]);
  });

  it('tells names apart that differ at their end', () => {
    const shown = wordsOf(shareChart(eight, words)).filter((text) => text.includes('…'));
    expect(new Set(shown).size).toBe(8);
  });

  it('has no promise where the lab was changed, and nothing without samples', () => {
    const run = report.runs[0]!;
    expect(ofClass(shareChart(run, words), 'due-mark')).toHaveLength(2);
    expect(ofClass(shareChart({ ...run, disturbedBy: ['impair'] }, words), 'due-mark')).toEqual([]);
    expect(shareChart({ ...run, figures: null }, words)).toBeNull();
  });
});

describe('sequenceStrip', () => {
  it.each([...report.runs.slice(0, 4), eight])('has a cell for each request, in order', (run) => {
    const { sequence, byServer } = run.figures!;
    const drawing = sequenceStrip(run, words);
    const servers = Object.keys(byServer).toSorted();
    const signs = [...ofClass(drawing, 'cell-words'), ...ofClass(drawing, 'failed-words')]
      .flatMap((text) => {
        const places = String(text.properties.x).split(' ').map(Number);
        // In the legend each stands alone.
        return Array.from(wordsOf(text)[0] ?? '').map((sign, at) => ({
          sign,
          x: places[at] ?? 0,
          y: numberOf(text, 'y'),
        }));
      })
      .filter(({ y }) => y <= Math.ceil(sequence.length / 40) * 20)
      .toSorted((a, b) => a.y - b.y || a.x - b.x);
    const due = sequence.map((who) => (who === null ? '×' : String(servers.indexOf(who) + 1)));
    expect(signs.map(({ sign }) => sign).join('')).toBe(due.join(''));
    const cells = elementsOf(drawing).map(({ properties }) => (properties.d ?? '').split('M').length - 1);
    expect(cells.reduce((sum, n) => sum + n, 0)).toBe(sequence.length);
    expect(outside(drawing, width)).toEqual([]);
    expect(faultsOf(drawing)).toEqual([]);
  });
});

describe('latencyChart and rateChart', () => {
  it.each(report.runs.slice(0, 4))('have bars as high as what was counted', ({ figures }) => {
    const latency = latencyChart(figures!, words);
    const replies = scaleOf(latency, 'y');
    const counts = ofClass(latency, 'bar').map((bar) => replies(numberOf(bar, 'height')));
    expect(counts.map(Math.round)).toEqual(figures!.latencies.map((bin) => bin.count));
    const rate = rateChart(figures!, words);
    const second = scaleOf(rate, 'y');
    const sum = (kind: string) =>
      ofClass(rate, 'second-of-load')
        .flatMap((piece) => ofClass(piece, kind).flatMap((part) => ofClass(part, 'bar')))
        .reduce((all, bar) => all + second(numberOf(bar, 'height')), 0);
    expect(sum('main')).toBeCloseTo(figures!.requests - figures!.failed, 0);
    expect(sum('wrong')).toBeCloseTo(figures!.failed, 0);
    expect([...faultsOf(latency), ...faultsOf(rate)]).toEqual([]);
    expect([...outside(latency, width), ...outside(rate, width)]).toEqual([]);
  });

  it('draw a long load as means of several seconds', () => {
    const seconds = Array.from({ length: 1000 }, (_, second) => ({
      second,
      answered: second % 2 ? 10 : 30,
      failed: 0,
    }));
    const drawing = rateChart({ ...report.runs[0]!.figures!, seconds }, words);
    const value = scaleOf(drawing, 'y');
    const bars = ofClass(drawing, 'bar').map((bar) => value(numberOf(bar, 'height')));
    expect(bars).toHaveLength(100);
    for (const bar of bars) expect(bar).toBeCloseTo(20, 1);
  });

  it('draw nothing of a load that nobody answered', () => {
    const figures = { ...report.runs[0]!.figures!, latencyMs: null, latencies: [], seconds: [] };
    expect(latencyChart(figures, words)).toBeNull();
    expect(rateChart(figures, words)).toBeNull();
  });
});

describe('comparisonCharts and switchGap', () => {
  it('have the figures of each case', () => {
    const comparison = report.comparisons[0]!;
    const drawing = comparisonCharts(comparison, words);
    const told = wordsOf(drawing);
    for (const { director } of comparison.entries) {
      expect(told).toContain(
        `${count(Math.round(director.inBytes))} · ${count(Math.round(director.outBytes))}`,
      );
    }
    const charts = elementsOf(drawing).filter(({ tagName }) => tagName === 'svg');
    const bytes = charts.at(-1)!;
    const value = scaleOf(bytes, 'x');
    const bars = ofClass(bytes, 'bar').map((bar) => value(numberOf(bar, 'width')));
    const due = comparison.entries.flatMap(({ director }) => [director.inBytes, director.outBytes]);
    for (const [at, bar] of bars.entries()) expect(bar).toBeCloseTo(due[at] ?? 0, -1);
    expect(charts.flatMap((chart) => outside(chart, width))).toEqual([]);
    expect(faultsOf(drawing)).toEqual([]);
  });

  it('show how long nobody answered, on one scale with what is usual', () => {
    const one = report.switches.find(({ gap }) => gap !== null)!;
    const drawing = switchGap(one, words);
    const value = scaleOf(drawing, 'x');
    const bars = ofClass(drawing, 'bar').map((bar) => value(numberOf(bar, 'width')));
    const due = [one.gap!.usualMs, one.gap!.gapMs, one.milliseconds];
    for (const [at, bar] of bars.entries()) expect(bar).toBeCloseTo(due[at] ?? 0, -1);
    expect(switchGap({ ...one, gap: null }, words)).toBeNull();
    expect(faultsOf(drawing)).toEqual([]);
  });
});
