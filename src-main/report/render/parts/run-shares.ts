import { h } from 'hastscript';
import { promisedShares } from '../../figures/promised-shares.ts';
import type { ReportedRun, RunFigures } from '../../model/run.ts';
import { shareChart } from '../../pictures/share-chart.ts';
import { count, percent, percentOf } from '../../words/numbers.ts';
import { figure, table, type Content } from '../elements.ts';
import { named, type PageContext } from '../page-context.ts';

/** Who answered how often, beside what was promised. */
export function sharesView(run: ReportedRun, figures: RunFigures, { words }: PageContext): Content {
  const { byServer, unattributed, requests, failed } = figures;
  const promised = promisedShares(run);
  const entries = Map.groupBy(run.schedule?.servers ?? [], ({ name, machine }) => machine ?? name);
  const weights = new Map([...entries].map(([name, own]) => [name, own.map(({ weight }) => count(weight))]));
  const servers = [
    ...new Set([...weights.keys(), ...Object.keys(byServer), ...(unattributed > 0 ? [''] : [])]),
  ];
  const countOf = (name: string) => (name === '' ? unattributed : (byServer[name] ?? 0));
  if (servers.length === 0) return null;
  const own = words.runs;
  return [
    h('h4', own.shares),
    figure(
      shareChart(run, words),
      promised === null && run.schedule !== null && run.disturbedBy.length === 0 ? own.noShares : null,
    ),
    table(
      [
        { title: own.server },
        { title: own.weight, figures: true },
        { title: own.answered, figures: true },
        { title: own.share, figures: true },
        ...(promised ? [{ title: own.promised, figures: true }] : []),
      ],
      servers.map((name) => [
        name === '' ? words.unnamed : named(name),
        weights.get(name)?.join(' + ') ?? null,
        count(countOf(name)),
        percentOf(countOf(name), requests - failed),
        ...(promised ? [percent(promised.get(name) ?? 0)] : []),
      ]),
      { label: own.shares },
    ),
  ];
}
