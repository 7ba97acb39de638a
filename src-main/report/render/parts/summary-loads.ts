import { h } from 'hastscript';
import { count } from '../../words/numbers.ts';
import { badge, joined, table, type Content } from '../elements.ts';
import { modeName, named, said, verbName, type PageContext } from '../page-context.ts';
import { entryId } from '../section.ts';
import { orderKind } from './run-promise.ts';

/** A load, a drill or one case of a comparison, in a line. */
export interface LoadLine {
  readonly entry: number;
  readonly what: string;
  readonly mode: string;
  readonly requests: number;
  readonly failed: number;
  /** Null where nobody looked who answered. */
  readonly byServer: Readonly<Record<string, number>> | null;
  /** What became of the scheduler's promise; null where nothing was judged. */
  readonly promise: string | null;
}

/** Every load whose samples are there, drills too; those of a comparison as its cases. */
export function loadsOf({ report, words }: PageContext): LoadLine[] {
  const { runs, comparisons, drills } = report;
  const compared = new Set(comparisons.flatMap(({ madeOf }) => madeOf.flatMap((made) => made.runs)));
  const lines = [
    ...runs.flatMap(({ entry, mode, scheduler, figures }) =>
      figures && !compared.has(entry)
        ? [
            {
              ...{ entry, mode, what: scheduler, requests: figures.requests, failed: figures.failed },
              ...{ byServer: figures.byServer, promise: figures.judgement?.verdict ?? null },
            },
          ]
        : [],
    ),
    ...comparisons.flatMap(({ entry, entries }) =>
      entries.map(({ mode, scheduler, requests, failed, byServer, promise }) => ({
        ...{ entry, mode, requests, failed, byServer, promise: promise?.verdict ?? null },
        what: `${scheduler}${words.comma}${verbName('compare', words)}`,
      })),
    ),
    ...drills.map(({ entry, mode, requests, failures }) => ({
      ...{ entry, mode, requests, failed: Object.values(failures).reduce((sum, n) => sum + n, 0) },
      ...{ what: verbName('healthDrill', words), byServer: null, promise: null },
    })),
  ];
  return lines.sort((a, b) => a.entry - b.entry);
}

/** Every load with both verdicts, and those that came to no end. */
export function loadsSummary(page: PageContext): Content {
  const { words, report } = page;
  const { summary: own, sections } = words.page;
  const loads = loadsOf(page);
  const broken = report.changes.filter(({ verb, error }) => error !== null && loadVerbs.has(verb));
  if (loads.length + broken.length === 0) return null;
  return [
    h('h3', sections.runs),
    table(
      [
        { title: own.number, figures: true },
        { title: own.mode },
        { title: words.acts.layout.scheduler },
        { title: words.runs.requests, figures: true },
        { title: words.runs.failed, figures: true },
        { title: words.runs.shares },
        { title: own.result },
      ],
      [
        ...loads.map((load) => [
          numberLink(load.entry),
          modeName(load.mode),
          named(load.what),
          count(load.requests),
          load.failed > 0 ? h('strong.bad', count(load.failed)) : count(load.failed),
          load.byServer && sharesOf(load.byServer, words.comma),
          verdictsOf(load, page),
        ]),
        ...broken.map(({ entry, mode, verb, error }) => [
          ...[numberLink(entry), modeName(mode), verbName(verb, words), null, null, null],
          [badge('bad', words.acts.changes.failed), ' ', error && said(error.message, page)],
        ]),
      ],
      { label: sections.runs },
    ),
  ];
}

const loadVerbs = new Set(['load', 'healthDrill', 'compare']);

export function numberLink(entry: number): Content {
  return h('a', { href: `#${entryId(entry)}` }, count(entry));
}

function sharesOf(byServer: Readonly<Record<string, number>>, comma: string): Content {
  return joined(
    Object.entries(byServer).map(([server, number]) => [named(server), ` ${count(number)}`]),
    comma,
  );
}

/** The service's verdict, and then the order's. */
function verdictsOf({ requests, failed, promise }: LoadLine, { words }: PageContext): Content {
  const service =
    failed === 0
      ? badge('good', words.serviceVerdicts['all-answered'])
      : badge('bad', words.serviceVerdicts[failed === requests ? 'none-answered' : 'some-failed']);
  const known = Object.entries(words.promiseVerdicts).find(([verdict]) => verdict === promise);
  return [service, known ? [' ', badge(orderKind(known[0], failed), known[1])] : null];
}
