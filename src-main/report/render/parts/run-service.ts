import { h } from 'hastscript';
import { pageRemarks, type NamedMachine } from '../../../traffic/page-remarks.ts';
import type { Report } from '../../model/report.ts';
import type { RunFigures } from '../../model/run.ts';
import { count } from '../../words/numbers.ts';
import { badge, folded, table, type Content } from '../elements.ts';
import { message, named, type PageContext } from '../page-context.ts';

/** How a load's outcome for the client is marked. */
export const serviceKinds = { 'all-answered': 'good', 'some-failed': 'bad', 'none-answered': 'bad' } as const;

/** Whether the service answered, and why not: the client's verdict, before the scheduler's. */
export function serviceView({ service }: RunFigures, page: PageContext): Content {
  const { runs: words, serviceVerdicts } = page.words;
  return [
    h('h4', words.service, ' ', badge(serviceKinds[service.verdict], serviceVerdicts[service.verdict])),
    h('p', message(service.words, page)),
    service.causes.length === 0
      ? null
      : h(
          'ul',
          service.causes.map((cause) => h('li', message(cause, page))),
        ),
  ];
}

/** What the pages said, as the client saw them: they prove nothing about who sent them. */
export function pagesView({ pages }: RunFigures, page: PageContext): Content {
  const { runs: words } = page.words;
  const rows = Object.entries(pages).flatMap(([server, texts]) =>
    Object.entries(texts)
      // A page that only gives the machine's name, as the recipe's do, tells nothing more.
      .filter(([text]) => text !== server)
      .map(([text, number]) => [named(server), text, count(number)]),
  );
  if (rows.length === 0) return null;
  const remarks = pageRemarks(pages, machinesIn(page.report));
  return [
    remarks.map((remark) => h('p.note', message(remark, page))),
    folded(
      words.pages,
      table([{ title: words.server }, { title: words.page }, { title: words.number, figures: true }], rows, {
        label: words.pages,
        caption: words.pagesNote,
        kind: 'narrow',
      }),
    ),
  ];
}

/** The machines that a page may name, with the addresses that they had in any mode. */
function machinesIn({ lab, setUps }: Report): NamedMachine[] {
  const nodes = [lab.layout, ...setUps.map(({ layout }) => layout)].flatMap((layout) => layout.nodes);
  const names = [...new Set(nodes.map(({ name }) => name))];
  return names.map((name) => ({
    name,
    addresses: nodes
      .filter((node) => node.name === name)
      .flatMap(({ nics }) => nics.flatMap(({ address }) => address?.split('/')[0] ?? [])),
  }));
}
