import type { Element } from 'hast';
import type { ModeSwitch } from '../../contract/mode-switch.ts';
import { figure, milliseconds } from '../words/numbers.ts';
import type { Words } from '../words/words.ts';
import { ticksTo } from './charts/scale.ts';
import { box, group, line, picture, text } from './svg.ts';

const [width, rowHeight, top] = [720, 26, 4];
const bars = { from: 190, to: 620 };

/** For how long nobody answered at a switch, beside what is usual and how long the switch took. @returns null without a load. */
export function switchGap(
  { gap, milliseconds: took }: Pick<ModeSwitch, 'gap' | 'milliseconds'>,
  words: Words,
): Element | null {
  if (gap === null) return null;
  const own = words.pictures;
  const rows = [
    { name: own.gapRows.usual, ms: gap.usualMs, kind: 'second' },
    { name: own.gapRows.gap, ms: gap.gapMs, kind: 'wrong' },
    { name: own.gapRows.took, ms: took, kind: 'main' },
  ];
  const ticks = ticksTo(Math.max(...rows.map(({ ms }) => ms)));
  const xOf = (ms: number) => bars.from + (ms / (ticks.at(-1) ?? 1)) * (bars.to - bars.from);
  const bottom = top + rows.length * rowHeight;
  return picture(
    'chart',
    { width, height: bottom + 18, name: `${own.gap}${words.colon}${milliseconds(gap.gapMs)}` },
    ticks.map((tick) => line([xOf(tick), top], [xOf(tick), bottom], tick === 0 ? 'axis' : 'grid')),
    ticks.map((tick) => text(figure(tick), { x: xOf(tick), y: bottom + 13, kind: 'tick', anchor: 'middle' })),
    text('ms', { x: bars.to + 34, y: bottom + 13, kind: 'tick', anchor: 'end' }),
    rows.map(({ name, ms, kind }, at) => {
      const y = top + (at + 0.5) * rowHeight;
      return group(
        kind,
        text(name, { x: 0, y: y + 4, room: { width: bars.from - 12, size: 11, letters: 'sans' } }),
        box({ x: bars.from, y: y - 7, width: Math.max(0.5, xOf(ms) - bars.from), height: 14 }, 'bar'),
        text(milliseconds(ms), {
          x: width,
          y: y + 4,
          kind: kind === 'wrong' ? 'strong' : 'soft',
          anchor: 'end',
        }),
      );
    }),
  );
}
