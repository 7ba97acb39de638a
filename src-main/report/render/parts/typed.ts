import { clock } from '../../words/numbers.ts';
import { code, table } from '../elements.ts';
import { named, type PageContext } from '../page-context.ts';
import type { Section } from '../section.ts';

/** What was typed in the page's shells, as each guest's own shell told it. */
export function typedSection({ report, words }: PageContext): Section {
  const { page: own, acts } = words;
  return {
    id: 'typed',
    title: own.sections.typed,
    lead: table(
      [{ title: own.summary.time }, { title: acts.layout.node }, { title: own.summary.line }],
      (report.typed ?? []).map(({ at, node, line, full }) => [
        clock(at),
        named(node),
        full ? acts.changes.notKept : code(line),
      ]),
      { label: own.sections.typed, kind: 'typed' },
    ),
  };
}
