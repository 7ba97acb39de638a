import { modeTitle, named, type PageContext } from '../page-context.ts';
import { facts } from '../elements.ts';
import type { Section } from '../section.ts';
import { cablingTable, layoutFigure, serviceFacts } from './layout.ts';

/** The lab as it is: its service, its picture, its cables. */
export function topologySection(page: PageContext): Section {
  const { lab } = page.report;
  const { page: words } = page.words;
  return {
    id: 'topology',
    title: words.sections.topology,
    lead: [
      facts([
        [words.lab, named(lab.name)],
        [words.template, named(lab.template.name)],
        [words.mode, modeTitle(lab.layout.mode, page)],
      ]),
      serviceFacts(lab.layout, lab.options, page),
      layoutFigure(lab.layout, page),
      cablingTable(lab.layout, page),
    ],
  };
}
