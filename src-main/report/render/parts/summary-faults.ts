import { h } from 'hastscript';
import type { ReportedChange } from '../../model/report.ts';
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
  const { node, request } = change;
  const nic = typeof request['nic'] === 'string' ? request['nic'] : null;
  const where = [node, nic].filter((name) => name !== null).join(':');
  return `${where}${words.colon}${whatBroke(change, words)}`;
}

function whatBroke({ verb, impairment }: ReportedChange, words: PageContext['words']): string {
  if (impairment) return impairmentWords(impairment, words).join('; ');
  if (verb === 'moveCable') return words.unplugged;
  return verb === 'nodeService' ? words.acts.changes.serviceStopped : verbName(verb, words);
}
