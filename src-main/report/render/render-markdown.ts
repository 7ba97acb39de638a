import type { Element } from 'hast';
import { h } from 'hastscript';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Report } from '../model/report.ts';
import { blocksOf } from './markdown/blocks.ts';
import { notesElements } from './markdown/notes.ts';
import { withRunData } from './markdown/run-data.ts';
import { pageContext, type PageContext } from './page-context.ts';
import { colophon } from './parts/ends.ts';
import { title } from './render-html.ts';
import { sectionElement, type Section } from './section.ts';
import { sectionsOf } from './sections.ts';

/**
 * The report as Markdown (GitHub's flavour): what the page says, in the same order, made from the same elements. There is
 * no HTML in it, and whatever a user wrote is text, or what their own Markdown makes of it.
 */
export function renderMarkdown(report: Report): string {
  const page = pageContext(report);
  const sections = sectionsOf(page).map((section, index) =>
    written(sectionElement(inMarkdown(section, page), index)),
  );
  return [written(title(page)), ...sections, written(h('hr'), colophon(page))].join('\n');
}

function written(...elements: readonly Element[]): string {
  return toMarkdown(
    { type: 'root', children: blocksOf(elements) },
    { extensions: [gfmToMarkdown()], bullet: '-', rule: '-', fences: true, resourceLink: true },
  );
}

function inMarkdown(section: Section, { report, words }: PageContext): Section {
  switch (section.id) {
    case 'notes':
      return { ...section, lead: notesElements(report.notes) };
    case 'runs':
      return withRunData(section, report, words);
    default:
      return section;
  }
}
