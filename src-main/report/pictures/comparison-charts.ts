import type { Element } from 'hast';
import { h, s } from 'hastscript';
import type { ComparedMode, Comparison } from '../../contract/comparison.ts';
import { count, figure, percentOf } from '../words/numbers.ts';
import type { Words } from '../words/words.ts';
import { caseRows, type CaseRow } from './charts/case-rows.ts';
import { middle, ticksTo } from './charts/scale.ts';
import { serverClass, serverOrder, serverSign } from './server-colors.ts';
import { box, group, line, round, text } from './svg.ts';

/** Cases of a comparison beside each other: who answered, how long it took, how many a second, what the director carried. */
export function comparisonCharts({ entries }: Pick<Comparison, 'entries'>, words: Words): Element | null {
  if (entries.length === 0) return null;
  const charts = [
    shares(entries, words),
    latencies(entries, words),
    rates(entries, words),
    bytes(entries, words),
  ];
  return h(
    'div.pair',
    charts.map(({ chart, caption }) => h('figure', chart, h('figcaption', caption))),
  );
}

type Entries = readonly ComparedMode[];
interface Captioned {
  readonly chart: Element;
  readonly caption: string;
}

/** By the mode alone where each has but one scheduler. */
function nameOf({ mode, scheduler }: ComparedMode, entries: Entries): string {
  const plain = entries.every((other) => other.scheduler === scheduler);
  return plain ? mode.toUpperCase() : `${mode.toUpperCase()} ${scheduler}`;
}

function shares(entries: Entries, words: Words): Captioned {
  const servers = serverOrder(entries.flatMap(({ byServer }) => Object.keys(byServer)));
  const caption = words.pictures.compared.shares;
  const rows = entries.map((entry): CaseRow => {
    const answered = entry.requests - entry.failed;
    return {
      name: nameOf(entry, entries),
      words:
        servers.length > 2
          ? ''
          : servers.map((name) => percentOf(entry.byServer[name] ?? 0, answered)).join(' · '),
      draw: (xOf, y) => (answered > 0 ? stack(entry.byServer, servers, (n) => xOf(n / answered), y) : []),
    };
  });
  return { caption, chart: caseRows(caption, [0, 0.5, 1], rows, (share) => `${share * 100}%`) };
}

/** One bar of all servers' parts, each with its sign where there is room. */
function stack(
  byServer: ComparedMode['byServer'],
  servers: readonly string[],
  xOf: (n: number) => number,
  y: number,
): Element[] {
  let before = 0;
  return servers.map((name) => {
    const n = byServer[name] ?? 0;
    const [x, width] = [xOf(before), xOf(n) - xOf(0)];
    before += n;
    const bar = box({ x, y: y - 8, width: Math.max(0, width - 1), height: 16 }, 'bar');
    const title = s('title', `${name}: ${count(n)}`);
    const sign = text(serverSign(servers, name), {
      x: x + width / 2,
      y: y + 4,
      kind: 'sign-words',
      anchor: 'middle',
    });
    return group(serverClass(servers, name), bar, title, width > 14 ? [sign] : []);
  });
}

/** From the median to the 99th percentile. */
function latencies(entries: Entries, words: Words): Captioned {
  const caption = words.pictures.compared.latency;
  const of = ({ latencyMs: { p50, p95, p99 } }: ComparedMode) => [p50, p95, p99].filter((ms) => ms !== null);
  const rows = entries.map((entry): CaseRow => {
    const [p50, p95, p99] = of(entry);
    return {
      name: nameOf(entry, entries),
      words: of(entry).map(figure).join(' · ') || '–',
      draw: (xOf, y) =>
        p50 === undefined || p95 === undefined || p99 === undefined
          ? []
          : [
              group(
                'main',
                line([xOf(p50), y], [xOf(p99), y], 'span'),
                s('circle', { class: 'dot', cx: round(xOf(p50)), cy: y, r: 4.5 }),
                line([xOf(p95), y - 6], [xOf(p95), y + 6], 'span'),
                line([xOf(p99), y - 6], [xOf(p99), y + 6], 'span'),
              ),
            ],
    };
  });
  return { caption, chart: caseRows(caption, ticksTo(Math.max(0, ...entries.flatMap(of))), rows) };
}

/** A bar for the median of the rounds, and a dot for each. */
function rates(entries: Entries, words: Words): Captioned {
  const caption = words.pictures.compared.rate;
  const of = ({ ratePerSecond }: ComparedMode) => ratePerSecond.filter((rate) => rate !== null);
  const rows = entries.map((entry): CaseRow => {
    const median = middle(of(entry));
    return {
      name: nameOf(entry, entries),
      words: median === null ? '–' : figure(median),
      draw: (xOf, y) =>
        median === null
          ? []
          : [
              group('main', box({ x: xOf(0), y: y - 6, width: xOf(median) - xOf(0), height: 12 }, 'bar')),
              ...of(entry).map((rate) => s('circle', { class: 'round', cx: round(xOf(rate)), cy: y, r: 3 })),
            ],
    };
  });
  return { caption, chart: caseRows(caption, ticksTo(Math.max(0, ...entries.flatMap(of))), rows) };
}

function bytes(entries: Entries, words: Words): Captioned {
  const caption = words.pictures.compared.bytes;
  const rows = entries.map((entry): CaseRow => {
    const { inBytes, outBytes } = entry.director;
    return {
      name: nameOf(entry, entries),
      words: [inBytes, outBytes].map((size) => count(Math.round(size))).join(' · '),
      draw: (xOf, y) => [
        group('main', box({ x: xOf(0), y: y - 9, width: xOf(inBytes) - xOf(0), height: 8 }, 'bar')),
        group('second', box({ x: xOf(0), y: y + 1, width: xOf(outBytes) - xOf(0), height: 8 }, 'bar')),
      ],
    };
  });
  const most = Math.max(0, ...entries.flatMap(({ director }) => [director.inBytes, director.outBytes]));
  return { caption, chart: caseRows(caption, ticksTo(most), rows) };
}
