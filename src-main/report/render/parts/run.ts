import type { Element } from 'hast';
import { h } from 'hastscript';
import type { ReportedRun, RunFigures } from '../../model/run.ts';
import { latencyChart } from '../../pictures/latency-chart.ts';
import { rateChart } from '../../pictures/rate-chart.ts';
import { sequenceStrip } from '../../pictures/sequence-strip.ts';
import { count, figure as figured, milliseconds } from '../../words/numbers.ts';
import type { Words } from '../../words/words.ts';
import {
  badge,
  facts,
  figure,
  flat,
  folded,
  inFigures,
  onlyInPage,
  table,
  terminal,
  tiles,
  type Content,
} from '../elements.ts';
import { failureName, named, verbName, type PageContext } from '../page-context.ts';
import { promiseView } from './run-promise.ts';
import { pagesView, serviceKinds, serviceView } from './run-service.ts';
import { sharesView } from './run-shares.ts';

/**
 * One load: how it was sent, whether it was answered, by whom, whether the promise was kept, how long it took. Of a `short`
 * one, as of a comparison's, the rest is in the page alone.
 */
export function runBody(run: ReportedRun, short: boolean, page: PageContext): Content {
  const { words } = page;
  const { figures, disturbedBy } = run;
  if (short && figures)
    return [
      shortTotals(figures, page),
      onlyInPage(words.runs.more, whoAnswered(run, figures, page), countersView(run, page)),
    ];
  return [
    facts([[words.runs.asked, askedFor(run, page)]]),
    disturbedBy.length === 0
      ? null
      : h('p.note', words.runs.disturbed(disturbedBy.map((verb) => verbName(verb, words)).join(words.comma))),
    figures === null
      ? h('p.note', words.runs.noSamples)
      : [totals(figures, page), serviceView(figures, page), measured(run, figures, page)],
    directorView(run, page),
  ];
}

function whoAnswered(run: ReportedRun, figures: RunFigures, page: PageContext): Content {
  return [sharesView(run, figures, page), promiseView(run, figures, page), orderOf(run, figures, page)];
}

function measured(run: ReportedRun, figures: RunFigures, page: PageContext): Content {
  return [
    whoAnswered(run, figures, page),
    timesView(figures, page),
    failuresView(figures, page),
    sourcesView(figures, page),
    pagesView(figures, page),
  ];
}

function askedFor({ request }: ReportedRun, { words }: PageContext): string {
  const { concurrency, ratePerSecond, sources } = request;
  return [
    words.runs.atOnce(count(concurrency)),
    ...(ratePerSecond === undefined ? [] : [words.runs.atMost(figured(ratePerSecond))]),
    ...(sources === undefined ? [] : [words.runs.fromAddresses(count(sources))]),
  ].join(words.comma);
}

function totals({ requests, failed, ratePerSecond, latencyMs }: RunFigures, { words }: PageContext): Element {
  return tiles([
    [count(requests), words.runs.requests],
    [count(failed), words.runs.failed, failed > 0 ? 'bad' : undefined],
    ...(ratePerSecond === null ? [] : [[figured(ratePerSecond), words.runs.rate] as const]),
    ...(['p50', 'p95', 'p99'] as const).flatMap((rank) =>
      latencyMs ? [[milliseconds(latencyMs[rank]), rank] as const] : [],
    ),
  ]);
}

/** The same in a line. */
function shortTotals(figures: RunFigures, { words }: PageContext): Element {
  const { requests, failed, ratePerSecond, latencyMs, service } = figures;
  const parts = [
    words.page.summary.requestsFailed(count(requests), count(failed)),
    ...(ratePerSecond === null ? [] : [`${figured(ratePerSecond)} ${words.runs.rate}`]),
    ...(['p50', 'p95', 'p99'] as const).flatMap((rank) =>
      latencyMs ? [`${rank} ${milliseconds(latencyMs[rank])}`] : [],
    ),
  ];
  return h(
    'p',
    badge(serviceKinds[service.verdict], words.serviceVerdicts[service.verdict]),
    ' ',
    parts.join(' · '),
  );
}

/** Where all was answered as promised, paper goes without the order of the replies: there is nothing to see in it. */
function orderOf(run: ReportedRun, figures: RunFigures, page: PageContext): Content {
  const well = figures.failed === 0 && figures.judgement?.verdict === 'as-promised';
  return h(well ? 'div.off-paper' : 'div', ...flat(sequenceView(run, figures, page)));
}

function sequenceView(run: ReportedRun, { sequence, requests }: RunFigures, { words }: PageContext): Content {
  if (sequence.length === 0) return null;
  const note =
    sequence.length < requests
      ? words.runs.sequenceNote(count(sequence.length), count(requests))
      : words.runs.sequenceAll(count(requests));
  return [h('h4', words.runs.sequence), figure(sequenceStrip(run, words), note)];
}

function timesView(figures: RunFigures, { words }: PageContext): Content {
  const { latencyMs } = figures;
  return h(
    'div.pair',
    latencyMs &&
      h(
        'div',
        h('h4', words.runs.latencies),
        figure(latencyChart(figures, words), latencyNote(latencyMs, words)),
      ),
    figures.seconds.length === 0
      ? null
      : h('div', h('h4', words.runs.overTime), figure(rateChart(figures, words), words.runs.overTimeNote)),
  );
}

function latencyNote(
  { min, p50, p95, p99, max }: NonNullable<RunFigures['latencyMs']>,
  { runs }: Words,
): string {
  const ranks = runs.latencyNote(milliseconds(p50), milliseconds(p95), milliseconds(p99));
  return `${ranks} ${runs.latencyRange(milliseconds(min), milliseconds(max))}`;
}

function failuresView({ failures }: RunFigures, { words }: PageContext): Content {
  const rows = Object.entries(failures);
  if (rows.length === 0) return null;
  return table(
    [{ title: words.runs.kind }, { title: words.runs.number, figures: true }],
    rows.map(([kind, number]) => [failureName(kind, words), count(number)]),
    { label: words.runs.failures, caption: words.runs.failures, kind: 'narrow' },
  );
}

function sourcesView({ bySource }: RunFigures, { words }: PageContext): Content {
  const sources = Object.entries(bySource);
  if (sources.length < 2) return null;
  const servers = [...new Set(sources.flatMap(([, counts]) => Object.keys(counts)))].sort();
  return folded(
    words.runs.bySource(count(sources.length)),
    table(
      [{ title: words.runs.source }, ...servers.map((server) => ({ title: named(server), figures: true }))],
      sources.map(([source, counts]) => [
        named(source),
        ...servers.map((server) => count(counts[server] ?? 0)),
      ]),
      { label: words.runs.bySource(count(sources.length)) },
    ),
  );
}

function countersView({ counters }: ReportedRun, { words }: PageContext): Content {
  const { conns, inPkts, outPkts } = counters;
  return facts([[words.runs.counters, words.runs.counted(count(conns), count(inPkts), count(outPkts))]]);
}

function directorView(run: ReportedRun, page: PageContext): Content {
  const { words } = page;
  return [
    countersView(run, page),
    run.tablesBefore === null
      ? facts([[words.runs.before, words.runs.notKept]])
      : inFigures(words.runs.before, terminal(run.tablesBefore)),
    inFigures(words.runs.after, terminal(run.tablesAfter)),
  ];
}
