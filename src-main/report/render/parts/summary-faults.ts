import { h } from 'hastscript';
import { faultsOf, type Fault } from '../../figures/faults.ts';
import { clock } from '../../words/numbers.ts';
import { badge, table, type Content } from '../elements.ts';
import { named, verbName, type PageContext } from '../page-context.ts';
import { impairmentWords } from './impairment-words.ts';
import { numberLink } from './summary-loads.ts';

/** What was broken on purpose, and when it was put right. */
export function faultsSummary(page: PageContext): Content {
  const { summary: own } = page.words.page;
  const faults = faultsOf(page.report);
  if (faults.length === 0) return null;
  return [
    h('h3', own.faults),
    table(
      [
        { title: own.number, figures: true },
        { title: own.time },
        { title: own.fault },
        { title: own.mended },
      ],
      faults.map((fault) => [
        numberLink(fault.entry),
        clock(fault.at),
        named(faultWords(fault, page)),
        fault.mendedAt === null ? badge('open', own.notMended) : clock(fault.mendedAt),
      ]),
      { label: own.faults },
    ),
  ];
}

function faultWords({ change, drilled }: Fault, { words }: PageContext): string {
  if (!change) return words.acts.drills.heading(drilled ?? '');
  const { verb, node, request, impairment } = change;
  const nic = typeof request['nic'] === 'string' ? request['nic'] : null;
  const where = [node, nic].filter((name) => name !== null).join(':');
  const what = impairment
    ? impairmentWords(impairment, words).join('; ')
    : verb === 'moveCable'
      ? words.unplugged
      : verbName(verb, words);
  return `${where}${words.colon}${what}`;
}
