import type { Element } from 'hast';
import { h } from 'hastscript';
import { day, duration } from '../words/numbers.ts';
import { flat, type Content } from './elements.ts';
import type { PageContext } from './page-context.ts';

/** Something within a section that the contents name. */
export interface Entry {
  readonly id: string;
  readonly title: Content;
  /** Made when it is written: those of all entries together take tens of megabytes. */
  readonly body: () => Content;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** What comes before its entries. */
  readonly lead?: Content;
  readonly entries?: readonly Entry[];
  /** Its entries are short, and many: they stand close, and the contents do not name them. */
  readonly compact?: boolean;
}

/** What a journal's entry is found by within the page. */
export function entryId(entry: number): string {
  return `entry-${entry}`;
}

export function contents(sections: readonly Section[], title: string): Element {
  return h(
    'nav.contents',
    { ariaLabelledBy: 'contents' },
    h('h2', { id: 'contents' }, title),
    h(
      'ol',
      sections.map((section) =>
        h(
          'li',
          h('a', { href: `#${section.id}` }, section.title),
          section.entries?.length && !section.compact
            ? h(
                'ol',
                section.entries.map(({ id, title: words }) =>
                  h('li', h('a', { href: `#${id}` }, ...flat(words))),
                ),
              )
            : null,
        ),
      ),
    ),
  );
}

export function sectionElement(
  { id, title, lead = null, entries = [], compact = false }: Section,
  index: number,
): Element {
  return h(
    'section',
    { ariaLabelledBy: id, class: compact ? 'compact' : id === 'summary' ? id : null },
    h('h2', { id }, h('span.number', String(index + 1)), ' ', title),
    ...flat(lead),
    ...entries.map((entry) =>
      h(
        'article',
        { ariaLabelledBy: entry.id },
        h('h3', { id: entry.id }, ...flat(entry.title)),
        ...flat(entry.body()),
      ),
    ),
  );
}

/** Under an act's heading: its number in the lab's journal, when it began, and how long it took. */
export function actLine(
  act: { entry: number; at: string; milliseconds?: number },
  { words }: PageContext,
): Element {
  const took = act.milliseconds === undefined ? [] : [duration(act.milliseconds)];
  return h('p.act', [words.acts.entry(act.entry), day(act.at), ...took].join(' · '));
}
