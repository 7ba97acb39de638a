import type { ComparedMode, Comparison } from '../../contract/comparison.ts';
import { table } from './table.ts';
import { textbook, type TextbookRow } from './textbook.ts';

type Row = readonly [title: string, cell: (entry: ComparedMode) => string];

const rows: readonly Row[] = [
  ['requests', ({ requests }) => String(requests)],
  ['failed', ({ failed, failures }) => (failed === 0 ? '0' : `${failed} (${counts(failures)})`)],
  ['answered by', ({ byServer }) => counts(byServer)],
  ['as promised', ({ promise }) => promise?.verdict ?? '-'],
  ['latency p50 / p95 / p99', ({ latencyMs: { p50, p95, p99 } }) => [p50, p95, p99].map(ms).join(' / ')],
  ['requests a second', ({ ratePerSecond }) => number(middle(ratePerSecond))],
  ['director conns', ({ counters }) => String(counters.conns)],
  ['director packets in / out', ({ counters }) => `${counters.inPkts} / ${counters.outPkts}`],
  ['director bytes in / out', ({ counters }) => `${counters.inBytes} / ${counters.outBytes}`],
  ['frames through the director, a request', ({ director }) => inOut(director.inFrames, director.outFrames)],
  ['bytes through the director, a request', ({ director }) => inOut(director.inBytes, director.outBytes)],
  ['frames a request, by segment', ({ perRequest }) => bySegment(perRequest)],
  ['hops of a request / a reply', ({ hops }) => `${hops.request} / ${hops.reply}`],
  ['bytes added by the tunnel', ({ addedBytes }) => String(addedBytes)],
  ['the client got replies from', ({ answeredBy }) => answeredBy.join(', ')],
  ['the VIP is on', ({ vipOn }) => vipOn.join(', ')],
  ['claims proved / refuted / not shown', ({ claims }) => verdicts(claims)],
  [
    'switched to in',
    ({ switchMs }) => switchMs.map((each) => `${(each / 1000).toFixed(1)} s`).join(', ') || '-',
  ],
];

/** The comparison as a table, a mode a column. */
export function describeComparison({ entries, rounds, requestsPerRound }: Comparison): string {
  const body = rows.map(([title, cell]) => [title, ...entries.map(cell)]);
  const refuted = entries.flatMap(({ mode, claims }) =>
    claims
      .filter(({ verdict }) => verdict === 'refuted')
      .map(({ title, why }) => `${mode}: ${title.text} is refuted. ${why.text}`),
  );
  return [
    table(['', ...entries.map((entry) => nameOf(entry, entries))], body),
    `${rounds} rounds of ${requestsPerRound} requests in each mode, in turns; rates are the middle one of the rounds.`,
    '',
    ...textbook.flatMap((row) => describeRow(row, entries)),
    ...refuted,
  ].join('\n');
}

/** Its mode, and its scheduler where that differs. */
function nameOf({ mode, scheduler }: ComparedMode, entries: Comparison['entries']): string {
  return entries.every((other) => other.scheduler === scheduler) ? mode : `${mode} ${scheduler}`;
}

/** What textbooks say, mode by mode, and beside it what was measured. */
function describeRow({ about, says, measured }: TextbookRow, entries: Comparison['entries']): string[] {
  const known = entries.filter(
    ({ mode }, index) => mode in says && entries.findIndex((other) => other.mode === mode) === index,
  );
  return [
    about,
    ...known.map((entry) => {
      const seen = measured ? `measured: ${measured(entry)}` : 'not measured here';
      return `  ${entry.mode.padEnd(4)} textbooks: ${says[entry.mode] ?? ''}; ${seen}`;
    }),
  ];
}

function counts(byName: Readonly<Record<string, number>>): string {
  return Object.entries(byName)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function inOut(coming: number, going: number): string {
  return `${number(coming)} / ${number(going)}`;
}

function bySegment(perRequest: ComparedMode['perRequest']): string {
  return Object.entries(perRequest)
    .map(([name, { frames }]) => `${name} ${number(frames)}`)
    .join(', ');
}

function verdicts(claims: ComparedMode['claims']): string {
  return ['proved', 'refuted', 'not-shown']
    .map((wanted) => claims.filter(({ verdict }) => verdict === wanted).length)
    .join(' / ');
}

function ms(value: number | null): string {
  return value === null ? '-' : value.toFixed(1);
}

function number(value: number | null): string {
  if (value === null) return '-';
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1);
}

function middle(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
