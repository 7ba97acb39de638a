import type { Element } from 'hast';
import { h } from 'hastscript';
import { clock, count, duration } from '../../words/numbers.ts';
import { empty, flat, table, tiles } from '../elements.ts';
import { modeName, type PageContext } from '../page-context.ts';
import type { Section } from '../section.ts';
import { actsOf } from './acts.ts';

/** What was done with the lab, oldest first, and what came of it. */
export function summarySection(page: PageContext): Section {
  const { page: own } = page.words;
  const acts = actsOf(page);
  return {
    id: 'summary',
    title: own.sections.summary,
    lead: [
      nothingRan(page) ? empty(own.summary.nothing) : totals(page),
      acts.length === 0
        ? null
        : table(
            [
              { title: own.summary.number, figures: true },
              { title: own.summary.time },
              { title: own.summary.act },
              { title: own.summary.mode },
              { title: own.summary.took, figures: true },
              { title: own.summary.result },
            ],
            acts.map(({ entry, at, milliseconds: took, what, mode, result, id }) => [
              count(entry),
              clock(at),
              id === null ? what : h('a', { href: `#${id}` }, ...flat(what)),
              modeName(mode),
              took === null ? null : duration(took),
              result,
            ]),
            { label: own.sections.summary },
          ),
    ],
  };
}

/** In the whole lab: a report of one act, or of some parts, tells nothing of the others. */
function nothingRan({ report }: PageContext): boolean {
  const { notMeasured, comparisons, drills } = report;
  const none = (id: string) => notMeasured.some((one) => one.id === id);
  return none('report.no-run') && none('report.no-observation') && comparisons.length + drills.length === 0;
}

function totals({ report, words }: PageContext): Element | null {
  const own = words.page.summary;
  const figures = report.runs.flatMap(({ figures: of }) => (of ? [of] : []));
  const sum = (of: (one: (typeof figures)[number]) => number) =>
    figures.reduce((all, one) => all + of(one), 0);
  const failed = sum((one) => one.failed);
  const judged = figures.flatMap(({ judgement }) =>
    judgement?.verdict.endsWith('as-promised') ? [judgement.verdict] : [],
  );
  const kept = judged.filter((verdict) => verdict === 'as-promised').length;
  const claims = report.observations.flatMap((observation) => observation.claims);
  const refuted = claims.filter(({ verdict }) => verdict === 'refuted').length;
  if (figures.length + claims.length === 0) return null;
  return tiles([
    ...(figures.length > 0
      ? [
          [count(sum((one) => one.requests)), own.requests] as const,
          [count(failed), own.failed, failed > 0 ? 'bad' : undefined] as const,
        ]
      : []),
    ...(judged.length > 0
      ? [
          [
            own.of(count(kept), count(judged.length)),
            own.promises,
            kept < judged.length ? 'bad' : 'good',
          ] as const,
        ]
      : []),
    ...(claims.length > 0
      ? [
          [count(claims.filter(({ verdict }) => verdict === 'proved').length), own.proved, 'good'] as const,
          [count(refuted), own.refuted, refuted > 0 ? 'bad' : undefined] as const,
        ]
      : []),
  ]);
}
