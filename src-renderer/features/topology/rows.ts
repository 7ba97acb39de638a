import type { NodeView } from '../../../src-main/contract/lab-view.ts';
import type { CardSize } from './card-size.ts';

/** Machines side by side, how wide they are, and how high each is. */
export interface Row {
  readonly nodes: readonly NodeView[];
  readonly size: CardSize;
  readonly heights: readonly number[];
}

const least = 46;
const most = 140;
const border = 16;

/**
 * Spreads rows and the buses between them over a height: the gaps are alike, neither cramped nor adrift; what is left
 * goes above and below.
 */
export function placeRows(
  rows: readonly Pick<Row, 'heights'>[],
  available: number,
): { tops: number[]; busAt: number[]; height: number } {
  const heights = rows.map((row) => Math.max(0, ...row.heights));
  const cards = heights.reduce((sum, height) => sum + height, 0);
  const gaps = heights.reduce((sum, height, index) => sum + gapsAbout(height, index, rows.length), 0);
  const gap = Math.min(most, Math.max(least, (available - cards - 2 * border) / Math.max(1, gaps)));
  const height = Math.max(available, cards + gaps * gap + 2 * border);
  let y = (height - cards - gaps * gap) / 2;
  const tops: number[] = [];
  const busAt: number[] = [];
  for (const [index, rowHeight] of heights.entries()) {
    if (index && rowHeight) y += gap;
    tops.push(y);
    y += rowHeight;
    if (index === rows.length - 1) break;
    if (index || rowHeight) y += gap;
    busAt.push(y);
  }
  return { tops, busAt, height };
}

/** Two between the buses about it; one where no card is there, and at the end of the drawing. */
function gapsAbout(height: number, index: number, count: number): number {
  if (!height) return index === 0 || index === count - 1 ? 0 : 1;
  return index === 0 || index === count - 1 ? 1 : 2;
}
