import type { Element } from 'hast';
import { s } from 'hastscript';
import type { RunFigures } from '../model/run.ts';
import { count, figure, milliseconds } from '../words/numbers.ts';
import type { Words } from '../words/words.ts';
import { fieldWith, halfWidth, type Field } from './charts/frame.ts';
import { countTicksTo } from './charts/scale.ts';
import { box, group, line, picture, text } from './svg.ts';

type Bin = RunFigures['latencies'][number];

const height = 176;
/** Between the intervals of one width and that of all slower replies, in bars. */
const gap = 0.6;

/** How many replies took how long, as bars; the last, apart, has all that are slower. @returns null without replies. */
export function latencyChart({ latencies, latencyMs }: RunFigures, words: Words): Element | null {
  if (latencyMs === null || latencies.length === 0) return null;
  const tail = tailOf(latencies);
  const bins = tail ? latencies.slice(0, -1) : latencies;
  const { field, grid } = fieldWith(countTicksTo(Math.max(...latencies.map(({ count: n }) => n))), height);
  const slots = bins.length + (tail ? 1 + gap : 0);
  // Few intervals do not become walls.
  const slot = Math.min(40, (field.right - field.left) / slots);
  const { p50, p95, p99 } = latencyMs;
  return picture(
    'chart',
    {
      width: halfWidth,
      height,
      name: words.pictures.latency(milliseconds(p50), milliseconds(p95), milliseconds(p99)),
    },
    grid,
    group(
      'main',
      bins.map((bin, at) => bar(bin, field.left + at * slot, slot, field)),
      tail ? [bar(tail, field.left + (bins.length + gap) * slot, slot, field)] : [],
    ),
    labels(bins, slot, field),
    tail
      ? [
          text(`≥ ${figure(tail.fromMs)}`, {
            x: field.left + slots * slot,
            y: height - 8,
            kind: 'tick',
            anchor: 'end',
          }),
        ]
      : [],
    text('ms', { x: field.left - 6, y: height - 8, kind: 'tick', anchor: 'end' }),
    ranks(latencyMs, bins, slot, field),
  );
}

/** The last interval, where it is wider than the others. */
function tailOf(latencies: readonly Bin[]): Bin | undefined {
  const [first, last] = [latencies[0], latencies.at(-1)];
  if (!first || !last || latencies.length < 2) return undefined;
  return last.toMs - last.fromMs > 1.5 * (first.toMs - first.fromMs) ? last : undefined;
}

function bar(bin: Bin, x: number, slot: number, { yOf, bottom }: Field): Element {
  const top = yOf(bin.count);
  return group(
    'bin',
    box({ x: x + 0.5, y: top, width: Math.max(0.5, slot - 1), height: bottom - top }, 'bar'),
    s('title', `${figure(bin.fromMs)}–${figure(bin.toMs)} ms: ${count(bin.count)}`),
  );
}

/** Bounds, as many as have room. */
function labels(bins: readonly Bin[], slot: number, { left, right }: Field): Element[] {
  const every = Math.max(1, Math.ceil(44 / slot));
  return bins.flatMap(({ fromMs }, at) => {
    const x = left + at * slot;
    // The last is left to the slower ones.
    if (at % every !== 0 || x > right - 64) return [];
    return [
      line([x, height - 22], [x, height - 18], 'axis'),
      text(figure(fromMs), { x, y: height - 8, kind: 'tick', anchor: 'middle' }),
    ];
  });
}

/** Where half, 95% and 99% of the replies were there. Names that would touch stand below each other. */
function ranks(
  latencyMs: NonNullable<RunFigures['latencyMs']>,
  bins: readonly Bin[],
  slot: number,
  { left, top, bottom }: Field,
): Element[] {
  let before = { x: -100, y: top - 6 };
  return (['p50', 'p95', 'p99'] as const).flatMap((rank) => {
    const at = bins.findIndex(({ fromMs, toMs }) => latencyMs[rank] >= fromMs && latencyMs[rank] < toMs);
    const bin = bins[at];
    if (!bin) return [];
    const x = left + (at + (latencyMs[rank] - bin.fromMs) / (bin.toMs - bin.fromMs)) * slot;
    const y = x - before.x < 26 ? before.y + 12 : top - 6;
    before = { x, y };
    return [line([x, y + 3], [x, bottom], 'rank'), text(rank, { x: x + 3, y: y + 2, kind: 'tick halo' })];
  });
}
