import type { Element } from 'hast';
import { count, figure } from '../../words/numbers.ts';
import { line, text } from '../svg.ts';
import { textWidth } from '../text-width.ts';

/** Half as wide as a page: two of them stand side by side. */
export const halfWidth = 344;

/** Where a chart with a scale at its left is drawn. */
export interface Field {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** How high a value stands. */
  readonly yOf: (value: number) => number;
}

/** A field of a height, with lines across it at round values. */
export function fieldWith(ticks: readonly number[], height: number): { field: Field; grid: Element[] } {
  const most = ticks.at(-1) ?? 1;
  const left = Math.max(24, ...ticks.map((tick) => textWidth(count(tick), 10.5, 'sans') + 8));
  const [right, top, bottom] = [halfWidth - 10, 18, height - 22];
  const yOf = (value: number) => bottom - (value / most) * (bottom - top);
  const grid = ticks.flatMap((tick) => [
    line([left, yOf(tick)], [right, yOf(tick)], tick === 0 ? 'axis' : 'grid'),
    text(figure(tick), { x: left - 6, y: yOf(tick) + 3.5, kind: 'tick', anchor: 'end' }),
  ]);
  return { field: { left, right, top, bottom, yOf }, grid };
}
