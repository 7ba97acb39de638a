import type { Element } from 'hast';
import { figure } from '../../words/numbers.ts';
import { line, picture, text } from '../svg.ts';
import { halfWidth } from './frame.ts';

const [rowHeight, top] = [26, 4];
const field = { from: 84, to: halfWidth - 88 };

/** One case of a comparison in a chart of rows. */
export interface CaseRow {
  readonly name: string;
  /** The figures, as they stand beside the drawing. */
  readonly words: string;
  /** What is drawn about a height, by where a value stands. */
  readonly draw: (xOf: (value: number) => number, y: number) => readonly Element[];
}

/** Cases below each other over one scale from 0 on, each with its figures at the right. */
export function caseRows(
  name: string,
  ticks: readonly number[],
  rows: readonly CaseRow[],
  tickOf = figure,
): Element {
  const most = ticks.at(-1) ?? 1;
  const xOf = (value: number) => field.from + (value / most) * (field.to - field.from);
  const bottom = top + rows.length * rowHeight;
  return picture(
    'chart',
    { width: halfWidth, height: bottom + 18, name },
    ticks.map((tick) => line([xOf(tick), top], [xOf(tick), bottom], tick === 0 ? 'axis' : 'grid')),
    ticks.map((tick) => text(tickOf(tick), { x: xOf(tick), y: bottom + 13, kind: 'tick', anchor: 'middle' })),
    rows.flatMap((row, at) => {
      const y = top + (at + 0.5) * rowHeight;
      return [
        text(row.name, {
          x: 0,
          y: y + 4,
          kind: 'strong',
          room: { width: field.from - 8, size: 11, letters: 'bold' },
        }),
        ...row.draw(xOf, y),
        text(row.words, { x: halfWidth, y: y + 4, anchor: 'end' }),
      ];
    }),
  );
}
