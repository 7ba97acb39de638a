import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LoadResult } from '../../../src-main/contract/load.ts';
import { loadResultSchema } from '../../../src-main/contract/load.ts';
import type { Report } from '../../../src-main/report/model/report.ts';
import type { ReportedRun, RunFigures } from '../../../src-main/report/model/run.ts';
import { renderHtml } from '../../../src-main/report/render/render-html.ts';
import { renderMarkdown } from '../../../src-main/report/render/render-markdown.ts';
import { figure } from '../../../src-main/report/words/numbers.ts';
import { describeLoad } from '../../../src-main/shell/terminal/describe-result.ts';
import { binSamples, binTimes } from '../../../src-renderer/features/traffic/bins.ts';
import { addSamples, countsOf, createRun } from '../../../src-renderer/features/traffic/sample-run.ts';
import { totalsOf } from '../../../src-renderer/features/traffic/shown-run.ts';
import { handmadeReport, handmadeSource } from '../../support/report-source.ts';

/** Of one load, all that is told of it in several places. */
interface Told {
  readonly run: ReportedRun;
  readonly figures: RunFigures;
  readonly result: LoadResult;
  /** As the page counts its samples while they come. */
  readonly samples: ReturnType<typeof createRun>;
  readonly report: Report;
}

/** The loads of the handmade lab: one at a time, from several clients, and one with failures. */
const loads = [2, 5, 7, 9];
const told = new Map<number, Told>();
let html = '';

beforeAll(async () => {
  const source = await handmadeSource();
  const report = await handmadeReport();
  html = renderHtml(report).split('<script')[0] ?? '';
  for (const entry of loads) {
    const run = report.runs.find((one) => one.entry === entry);
    const samples = createRun();
    for await (const columns of source.samples(entry)) addSamples(samples, columns);
    const result = loadResultSchema.parse(source.entries.find(({ id }) => id === entry)?.result);
    if (run?.figures) told.set(entry, { run, figures: run.figures, result, samples, report });
  }
});

function toldOf(entry: number): Told {
  const found = told.get(entry);
  if (!found) throw new Error(`The handmade lab has no load ${entry}.`);
  return found;
}

/** Beyond the last digit that a double has. */
const digits = 9;

describe.each(loads)('the load %i', (entry) => {
  it('has the same figures in the page, the result and the report', () => {
    const { figures, result, samples } = toldOf(entry);
    const [live, { run }] = [totalsOf(samples), result];
    const { requests, failed, latencyMs, ratePerSecond } = figures;
    const ranks = { p50: latencyMs?.p50, p95: latencyMs?.p95, p99: latencyMs?.p99 };
    expect({ ...live, ratePerSecond: null }).toEqual({ requests, failed, ...ranks, ratePerSecond: null });
    expect(run).toMatchObject({ requests, failed, latencyMs: ranks });
    expect(live.ratePerSecond).toBeCloseTo(ratePerSecond ?? NaN, digits);
    expect(run.ratePerSecond).toBeCloseTo(ratePerSecond ?? NaN, digits);
  });

  it('has the same answers and failures by server and by kind', () => {
    const { figures, result, samples } = toldOf(entry);
    expect(countsOf(samples.servers, samples.byServer)).toEqual(figures.byServer);
    expect(result.run.byServer).toEqual(figures.byServer);
    expect(countsOf(samples.kinds, samples.byKind)).toEqual(figures.failures);
    expect(result.run.failures).toEqual(figures.failures);
    expect(result.run.failedAt).toEqual(figures.failedAt);
    expect(result.run.service).toEqual(figures.service);
    expect(result.run.sequence.slice(0, figures.sequence.length)).toEqual(figures.sequence);
  });

  it('is told with the same figures by the terminal', () => {
    const { figures, result } = toldOf(entry);
    const words = stripVTControlCharacters(describeLoad(result).join('\n'));
    const { latencyMs, ratePerSecond } = figures;
    const shown = (value: number | null | undefined) => figure(value ?? NaN).replaceAll(',', '');
    expect(words).toContain(`${figures.requests} requests, ${figures.failed} failed`);
    expect(words).toContain(`${shown(ratePerSecond)} requests a second`);
    expect(words).toContain(
      `p50 ${shown(latencyMs?.p50)} ms, p95 ${shown(latencyMs?.p95)} ms, p99 ${shown(latencyMs?.p99)} ms`,
    );
  });

  it('is told with the same figures by the HTML and the Markdown', async () => {
    const { figures } = toldOf(entry);
    const { latencyMs, ratePerSecond } = figures;
    const tiles = [
      ...[figure(figures.requests), figure(figures.failed), figure(ratePerSecond ?? NaN)],
      ...(['p50', 'p95', 'p99'] as const).map((rank) => `${figure(latencyMs?.[rank] ?? NaN)} ms`),
    ];
    const own = new RegExp(`id="entry-${entry}".*?(?=id="entry-|</section>)`, 's').exec(html)?.[0] ?? '';
    for (const tile of tiles) expect(own).toMatch(new RegExp(`<dd>(<[^>]*>)*${tile}</`));
    const markdown = renderMarkdown(await handmadeReport({ only: entry, parts: ['runs'] }));
    for (const tile of tiles) expect(markdown).toContain(`**: ${tile}\n`);
  });

  it('lasts as long on every screen', () => {
    const { figures, samples } = toldOf(entry);
    const spanMs = samples.span.ms();
    expect(((figures.requests * 1000) / (figures.ratePerSecond ?? NaN)).toFixed(3)).toBe(spanMs.toFixed(3));
    const bins = binSamples(samples, 1000, false);
    // Each second of the chart of the page is the report's; only the last one is not over.
    const counts = figures.seconds.map(({ answered, failed }) => answered + failed);
    expect(binTimes(1000, bins.rate.length)).toEqual(figures.seconds.map(({ second }) => second));
    expect(bins.rate.slice(0, -1)).toEqual(counts.slice(0, -1));
    expect(bins.failed).toEqual(figures.seconds.map(({ failed }) => failed));
  });
});
