import { h } from 'hastscript';
import type { ReportedRun } from '../../model/run.ts';
import { count } from '../../words/numbers.ts';
import { empty } from '../elements.ts';
import { modeName, type PageContext } from '../page-context.ts';
import { actLine, entryId, type Section } from '../section.ts';
import { runBody } from './run.ts';

/** Every load that was measured. */
export function runsSection(page: PageContext): Section {
  const { runs, comparisons } = page.report;
  const { page: own, runs: words } = page.words;
  const comparedIn = new Map(
    comparisons.flatMap(({ entry, madeOf }) =>
      madeOf.flatMap((made) => made.runs.map((run) => [run, entry])),
    ),
  );
  return {
    id: 'runs',
    title: own.sections.runs,
    lead: runs.length === 0 ? empty(own.empty.runs) : null,
    entries: runs.map((run) => {
      const comparison = comparedIn.get(run.entry);
      return {
        id: entryId(run.entry),
        title: runTitle(run, page),
        body: () => [
          actLine(run, page),
          comparison === undefined
            ? null
            : h('p', h('a', { href: `#${entryId(comparison)}` }, words.ofComparison(comparison))),
          runBody(run, comparison !== undefined, page),
        ],
      };
    }),
  };
}

export function runTitle({ request, mode, scheduler }: ReportedRun, { words }: PageContext): string {
  return words.runs.heading(count(request.requests), modeName(mode), scheduler);
}
