import type { Report } from '../../model/report.ts';
import { count, milliseconds, seconds } from '../../words/numbers.ts';
import { badge, type Content } from '../elements.ts';
import { modeName, named, verbName, type PageContext } from '../page-context.ts';
import { entryId } from '../section.ts';
import { claimCounts } from './claims.ts';
import { orderKind } from './run-promise.ts';
import { impairmentWords } from './impairment-words.ts';
import { serviceWords } from './service-words.ts';

/** Something that was done, in a line. */
export interface Act {
  readonly entry: number;
  readonly at: string;
  readonly milliseconds: number | null;
  readonly mode: string;
  readonly what: Content;
  readonly result: Content;
  /** Where the page tells of it; null where it does not. */
  readonly id: string | null;
}

type Of<Part extends keyof Report> = Report[Part] extends (infer One)[] ? One : never;

/** All that was done, by its number in the journal. An entry that two parts tell of (a switch) is told once. */
export function actsOf(page: PageContext): Act[] {
  const { report } = page;
  const all = [
    ...report.switches.map((one) => switchAct(one, page)),
    ...report.setUps.map((one) => setUpAct(one, page)),
    ...report.runs.map((one) => runAct(one, page)),
    ...report.observations.map((one) => observationAct(one, page)),
    ...report.comparisons.map((one) => comparisonAct(one, page)),
    ...report.drills.map((one) => drillAct(one, page)),
    ...report.changes.map((one) => changeAct(one, page)),
  ];
  const byEntry = new Map<number, Act>();
  for (const act of all) if (!byEntry.has(act.entry)) byEntry.set(act.entry, act);
  return [...byEntry.values()].sort((a, b) => a.entry - b.entry);
}

function act(one: {
  entry: number;
  at: string;
  milliseconds?: number;
}): Omit<Act, 'what' | 'mode' | 'result'> {
  return { entry: one.entry, at: one.at, milliseconds: one.milliseconds ?? null, id: entryId(one.entry) };
}

function setUpAct(one: Of<'setUps'>, { words }: PageContext): Act {
  const result = words.page.summary.steps(count(one.steps.length));
  return { ...act(one), mode: one.layout.mode, what: verbName(one.verb, words), result };
}

function switchAct(one: Of<'switches'>, { words, report }: PageContext): Act {
  const told = report.setUps.some(({ entry }) => entry === one.entry);
  return {
    ...act(one),
    id: told ? `switch-${one.entry}` : entryId(one.entry),
    mode: one.to,
    what: `${modeName(one.from)} → ${modeName(one.to)}`,
    result: one.gap && words.page.summary.gap(milliseconds(one.gap.gapMs)),
  };
}

/** A load takes from its first request's start to its last one's end: the time that its rate is over. */
function runAct(one: Of<'runs'>, { words }: PageContext): Act {
  const { figures } = one;
  const verdict = figures?.judgement?.verdict;
  return {
    ...act(one),
    milliseconds: figures?.ratePerSecond ? (figures.requests * 1000) / figures.ratePerSecond : null,
    mode: one.mode,
    what: `${verbName('load', words)}${words.comma}${one.scheduler}`,
    result: figures && [
      words.page.summary.requestsFailed(count(figures.requests), count(figures.failed)),
      figures.failed > 0 ? [' ', badge('bad', words.serviceVerdicts[figures.service.verdict])] : null,
      verdict ? [' ', badge(orderKind(verdict, figures.failed), words.promiseVerdicts[verdict])] : null,
    ],
  };
}

function observationAct(one: Of<'observations'>, page: PageContext): Act {
  const what = verbName('observe', page.words);
  return { ...act(one), mode: one.mode, what, result: claimCounts(one.claims, page) };
}

function comparisonAct(one: Of<'comparisons'>, { words }: PageContext): Act {
  const result = words.page.summary.compared(count(one.entries.length), count(one.rounds));
  return { ...act(one), mode: one.entries[0]?.mode ?? '', what: verbName('compare', words), result };
}

function drillAct(one: Of<'drills'>, { words }: PageContext): Act {
  const result = named(words.page.summary.drill(one.server, seconds(one.errorsLastedMs)));
  return { ...act(one), mode: one.mode, what: verbName('healthDrill', words), result };
}

function changeAct(one: Of<'changes'>, { words }: PageContext): Act {
  const cable = one.impairment ? impairmentWords(one.impairment, words).join('; ') : '';
  const service = one.verb === 'service' ? serviceWords(one, words).join(words.comma) : '';
  return {
    ...act(one),
    mode: one.mode,
    what: verbName(one.verb, words),
    result: [
      one.node && named(one.node),
      ...(cable === '' ? [] : [words.colon, cable]),
      service && named(service),
      one.error && [' ', badge('bad', words.acts.changes.failed)],
    ],
  };
}
