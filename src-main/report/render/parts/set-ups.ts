import { isDeepStrictEqual } from 'node:util';
import { h } from 'hastscript';
import { count } from '../../words/numbers.ts';
import type { ReportedSetUp } from '../../model/report.ts';
import { empty, flat, inFigures, type Content } from '../elements.ts';
import { modeName, type PageContext } from '../page-context.ts';
import { actLine, entryId, type Section } from '../section.ts';
import { cablingTable, layoutFigure } from './layout.ts';
import { stepsByNode } from './steps.ts';

/** How the lab was brought into each mode, step by step. */
export function setUpsSection(page: PageContext): Section {
  const { setUps, lab } = page.report;
  const { page: words, acts } = page.words;
  const shown = page.report.parts.includes('topology') ? [lab.layout] : [];
  return {
    id: 'set-ups',
    title: words.sections['set-ups'],
    lead: setUps.length === 0 ? empty(words.empty['set-ups']) : h('p', acts.setUps.inPage),
    entries: setUps.map((setUp, index) => {
      const again = shown.some((layout) => isDeepStrictEqual(layout, setUp.layout));
      shown.push(setUp.layout);
      return {
        id: entryId(setUp.entry),
        title: acts.setUps.heading(modeName(setUp.layout.mode), acts.setUps.by[setUp.verb]),
        body: () => setUpBody(setUp, setUps.slice(0, index), again, page),
      };
    }),
  };
}

function setUpBody(
  setUp: ReportedSetUp,
  before: readonly ReportedSetUp[],
  again: boolean,
  page: PageContext,
): Content {
  const { acts } = page.words;
  const { layout, steps } = setUp;
  return [
    actLine(setUp, page),
    setUp.sealed ? h('p.note', acts.setUps.sealed) : null,
    again
      ? h('p', acts.setUps.samePicture)
      : [
          layoutFigure(layout, page),
          inFigures(acts.layout.cabling(modeName(layout.mode)), cablingTable(layout, page)),
        ],
    steps.length === 0 ? empty(acts.setUps.noSteps) : h('p', acts.setUps.steps(count(steps.length))),
    h(
      before.some(({ layout: other }) => other.mode === layout.mode) ? 'div.off-paper' : 'div',
      ...flat(stepsByNode(setUp, before, page)),
    ),
  ];
}
