import { h } from 'hastscript';
import { clock, count, duration } from '../../words/numbers.ts';
import { flat, table } from '../elements.ts';
import { modeName, type PageContext } from '../page-context.ts';
import type { Section } from '../section.ts';
import { actsOf } from './acts.ts';

/** What was done with the lab, oldest first, and what came of it. Nothing of a lab with which nothing was done. */
export function actsSections(page: PageContext): Section[] {
  const { page: own } = page.words;
  const acts = actsOf(page);
  if (acts.length === 0) return [];
  const rows = acts.map(({ entry, at, milliseconds: took, what, mode, result, id }) => [
    count(entry),
    clock(at),
    id === null ? what : h('a', { href: `#${id}` }, ...flat(what)),
    modeName(mode),
    took === null ? null : duration(took),
    result,
  ]);
  const lead = table(
    [
      { title: own.summary.number, figures: true },
      { title: own.summary.time },
      { title: own.summary.act },
      { title: own.summary.mode },
      { title: own.summary.took, figures: true },
      { title: own.summary.result },
    ],
    rows,
    { label: own.sections.acts },
  );
  return [{ id: 'acts', title: own.sections.acts, lead }];
}
