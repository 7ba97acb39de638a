import { h } from 'hastscript';
import type { ReportedObservation } from '../../model/report.ts';
import { count } from '../../words/numbers.ts';
import { flat, joined, table, type Content } from '../elements.ts';
import { message, modeName, type PageContext } from '../page-context.ts';
import { numberLink } from './summary-loads.ts';

/**
 * What was proved and refuted in each observation, and what the refuted claims come from. Those of a comparison in which all
 * was proved are told by it.
 */
export function claimsSummary(page: PageContext): Content {
  const { report, words } = page;
  const { summary: own, sections } = words.page;
  const compared = new Set(
    report.comparisons.flatMap(({ madeOf }) => madeOf.map(({ observation }) => observation)),
  );
  const shown = report.observations.filter(
    ({ entry, claims }) => !compared.has(entry) || claims.some(({ verdict }) => verdict !== 'proved'),
  );
  if (shown.length === 0) return null;
  return [
    h('h3', sections.evidence),
    table(
      [
        { title: own.number, figures: true },
        { title: own.mode },
        { title: words.claimVerdicts.proved, figures: true },
        { title: words.claimVerdicts.refuted, figures: true },
        { title: words.claimVerdicts['not-shown'], figures: true },
        { title: own.refutedBy },
      ],
      shown.map((observation) => [
        numberLink(observation.entry),
        modeName(observation.mode),
        ...(['proved', 'refuted', 'not-shown'] as const).map((wanted) =>
          count(observation.claims.filter(({ verdict }) => verdict === wanted).length),
        ),
        refutedOf(observation, page),
      ]),
      { label: sections.evidence },
    ),
  ];
}

/** The claims that do not hold, and the causes of them that were found. */
function refutedOf({ claims, explanations }: ReportedObservation, page: PageContext): Content {
  const refuted = claims.filter(({ verdict }) => verdict === 'refuted');
  if (refuted.length === 0) return null;
  const { comma, evidence } = page.words;
  const titles = joined(
    refuted.map(({ title }) => message(title, page)),
    comma,
  );
  return [
    h('p', h('strong', ...flat(titles))),
    ...explanations.map(({ cause, certain }) =>
      h('p.why', message(cause, page), certain ? null : ` (${evidence.guess})`),
    ),
    explanations.length === 0 ? h('p.why', page.words.page.summary.noCause) : null,
  ];
}
