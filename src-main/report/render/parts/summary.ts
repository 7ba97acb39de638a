import { h } from 'hastscript';
import { clock, count, day } from '../../words/numbers.ts';
import { badge, empty, facts, flat, joined, type Content } from '../elements.ts';
import { localized, message, modeName, named, type PageContext } from '../page-context.ts';
import type { Section } from '../section.ts';
import { actsOf } from './acts.ts';
import { claimsSummary } from './summary-claims.ts';
import { faultsSummary } from './summary-faults.ts';
import { loadsOf, loadsSummary } from './summary-loads.ts';

/** The first page: all that a reader judges the work by, each with where the report tells of it. */
export function summarySection(page: PageContext): Section {
  const { page: own } = page.words;
  return {
    id: 'summary',
    title: own.sections.summary,
    lead: [
      nothingRan(page) ? empty(own.summary.nothing) : verdicts(page),
      frame(page),
      loadsSummary(page),
      claimsSummary(page),
      faultsSummary(page),
      untold(page),
    ],
  };
}

/** In the whole lab: a report of one act, or of some parts, tells nothing of the others. */
function nothingRan({ report }: PageContext): boolean {
  const { notMeasured, comparisons, drills } = report;
  const none = (id: string) => notMeasured.some((one) => one.id === id);
  return none('report.no-run') && none('report.no-observation') && comparisons.length + drills.length === 0;
}

/** The service first: whoever kept the order of a scheduler, requests that failed are what is said first. */
function verdicts(page: PageContext): Content {
  const lines = [...serviceLine(page), ...orderLine(page), ...claimsLine(page)];
  return lines.length === 0
    ? null
    : h(
        'ul.verdicts',
        lines.map((line) => h('li', ...flat(line))),
      );
}

function serviceLine(page: PageContext): Content[] {
  const { summary: own } = page.words.page;
  const loads = loadsOf(page);
  if (loads.length === 0) return [];
  const sum = (of: (load: (typeof loads)[number]) => number) =>
    loads.reduce((all, load) => all + of(load), 0);
  const [requests, failed] = [sum((load) => load.requests), sum((load) => load.failed)];
  const failing = loads.filter((load) => load.failed > 0).length;
  const { serviceVerdicts } = page.words;
  if (failed === 0)
    return [
      [
        badge('good', serviceVerdicts['all-answered']),
        ' ',
        own.allAnswered(count(requests), count(loads.length)),
      ],
    ];
  const verdict = failed === requests ? 'none-answered' : 'some-failed';
  const words = own.someFailed(count(failed), count(requests), count(failing), count(loads.length));
  return [[badge('bad', serviceVerdicts[verdict]), ' ', h('strong', words)]];
}

/** Of the loads that could be judged; never as if all were well where requests failed. */
function orderLine(page: PageContext): Content[] {
  const { summary: own } = page.words.page;
  const loads = loadsOf(page);
  const judged = loads.filter(({ promise }) => promise?.endsWith('as-promised'));
  if (judged.length === 0) return [];
  const kept = judged.filter(({ promise }) => promise === 'as-promised').length;
  const verdict = kept === judged.length ? 'as-promised' : 'not-as-promised';
  const allWell = loads.every(({ failed }) => failed === 0);
  const kind = kept < judged.length ? 'bad' : allWell ? 'good' : 'plain';
  return [
    [badge(kind, page.words.promiseVerdicts[verdict]), ' ', own.order(count(kept), count(judged.length))],
  ];
}

function claimsLine(page: PageContext): Content[] {
  const { claimVerdicts, evidence } = page.words;
  const claims = page.report.observations.flatMap((observation) => observation.claims);
  const of = (wanted: string) => claims.filter(({ verdict }) => verdict === wanted).length;
  if (claims.length === 0) return [];
  const verdict = of('refuted') > 0 ? 'refuted' : of('proved') > 0 ? 'proved' : 'not-shown';
  const kind = ({ refuted: 'bad', proved: 'good', 'not-shown': 'open' } as const)[verdict];
  const words = evidence.counts(count(of('proved')), count(of('refuted')), count(of('not-shown')));
  return [[badge(kind, claimVerdicts[verdict]), ' ', words]];
}

/** In what, how long, and by whom: the header tells the author. */
function frame(page: PageContext): Content {
  const { report, words } = page;
  const { summary: own } = words.page;
  const acts = actsOf(page);
  const [first, last] = [acts.at(0)?.at, acts.at(-1)?.at];
  return facts([
    [words.page.template, [localized(report.lab.template.title, page)]],
    [own.tried, triedOf(page)],
    [own.when, first && last ? (first === last ? day(first) : own.fromTo(day(first), clock(last))) : null],
    [own.typed, report.typed?.length ? own.lines(count(report.typed.length)) : null],
  ]);
}

/** Each mode that the lab was in, with the schedulers that were measured in it. */
function triedOf({ report, words }: PageContext): Content {
  const { setUps, runs, observations, comparisons } = report;
  const byMode = new Map<string, Set<string>>();
  const note = (mode: string, scheduler?: string) => {
    const schedulers = byMode.get(mode) ?? new Set<string>();
    byMode.set(mode, scheduler === undefined ? schedulers : schedulers.add(scheduler));
  };
  for (const { layout } of setUps) note(layout.mode);
  for (const { mode, scheduler } of [...runs, ...comparisons.flatMap(({ entries }) => entries)])
    note(mode, scheduler);
  for (const { mode } of observations) note(mode);
  return joined(
    [...byMode].map(([mode, schedulers]) => {
      const names = [...schedulers].join(words.comma);
      return named(names === '' ? modeName(mode) : `${modeName(mode)} (${names})`);
    }),
    words.comma,
  );
}

/** So many are told on the first page. */
const mostUntold = 3;

function untold(page: PageContext): Content {
  const { notMeasured } = page.report;
  const { summary: own } = page.words.page;
  if (notMeasured.length === 0) return null;
  const more = notMeasured.length - mostUntold;
  return [
    h('h3', page.words.page.sections['not-measured']),
    h(
      'ul',
      notMeasured.slice(0, mostUntold).map((one) => h('li', message(one, page))),
      more > 0 ? h('li', h('a', { href: '#not-measured' }, own.more(count(more)))) : null,
    ),
  ];
}
