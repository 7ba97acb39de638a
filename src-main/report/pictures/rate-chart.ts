import type { Element } from 'hast';
import type { RunFigures } from '../model/run.ts';
import { count } from '../words/numbers.ts';
import type { Words } from '../words/words.ts';
import { fieldWith, halfWidth, type Field } from './charts/frame.ts';
import { ticksTo } from './charts/scale.ts';
import { box, group, picture, text } from './svg.ts';
import { textWidth } from './text-width.ts';

/** As many bars as can be told apart. */
const mostBars = 100;
const height = 176;

interface Piece {
  /** When it begins, and how long it lasts: seconds. */
  readonly second: number;
  readonly seconds: number;
  /** A second. */
  readonly answered: number;
  readonly failed: number;
}

/** Replies and failures in each second of a load; of a long one the means of several seconds. @returns null without samples. */
export function rateChart({ seconds, ratePerSecond }: RunFigures, words: Words): Element | null {
  if (seconds.length === 0) return null;
  const pieces = piecesOf(seconds);
  const { field, grid } = fieldWith(
    ticksTo(Math.max(...pieces.map(({ answered, failed }) => answered + failed))),
    height,
  );
  const second = Math.min(40, (field.right - field.left) / seconds.length);
  const own = words.pictures;
  return picture(
    'chart',
    {
      width: halfWidth,
      height,
      name:
        ratePerSecond === null ? own.rate : `${own.rate}${words.colon}${count(Math.round(ratePerSecond))}`,
    },
    grid,
    pieces.map((piece) => bars(piece, field.left + piece.second * second, piece.seconds * second, field)),
    timeLabels(seconds.length, second, field),
    pieces.some(({ failed }) => failed > 0) ? legend(words) : [],
  );
}

function piecesOf(seconds: RunFigures['seconds']): Piece[] {
  const each = Math.ceil(seconds.length / mostBars);
  return Array.from({ length: Math.ceil(seconds.length / each) }, (_, at) => {
    const some = seconds.slice(at * each, (at + 1) * each);
    const mean = (of: (one: (typeof some)[number]) => number) =>
      some.reduce((sum, one) => sum + of(one), 0) / some.length;
    return {
      second: at * each,
      seconds: some.length,
      answered: mean(({ answered }) => answered),
      failed: mean(({ failed }) => failed),
    };
  });
}

/** Replies, on them failures, and above a piece with failures a cross. */
function bars({ answered, failed }: Piece, x: number, width: number, { yOf, bottom }: Field): Element {
  const inner = { x: x + Math.min(0.5, width / 8), width: Math.max(0.4, width - Math.min(1, width / 4)) };
  const [middle, top] = [yOf(answered), yOf(answered + failed)];
  return group(
    'second-of-load',
    group('main', box({ ...inner, y: middle, height: bottom - middle }, 'bar')),
    failed === 0
      ? []
      : [
          group('wrong', box({ ...inner, y: top, height: middle - top }, 'bar')),
          text('×', { x: x + width / 2, y: top - 3, kind: 'failed-words', anchor: 'middle' }),
        ],
  );
}

function timeLabels(length: number, second: number, { left }: Field): Element[] {
  const ticks = ticksTo(length).filter((tick) => tick <= length && Number.isInteger(tick));
  return [
    ...ticks.map((tick) =>
      text(count(tick), { x: left + tick * second, y: height - 8, kind: 'tick', anchor: 'middle' }),
    ),
    text('s', { x: left - 12, y: height - 8, kind: 'tick', anchor: 'end' }),
  ];
}

function legend(words: Words): Element[] {
  const { answered, failed } = words.pictures;
  const from = halfWidth - 10 - textWidth(`${answered}${failed}`, 10.5, 'sans') - 54;
  const second = from + 30 + textWidth(answered, 10.5, 'sans');
  return [
    group('main', box({ x: from, y: 1, width: 10, height: 10 }, 'bar')),
    text(answered, { x: from + 15, y: 10, kind: 'tick' }),
    text('×', { x: second + 4, y: 10.5, kind: 'failed-words', anchor: 'middle' }),
    text(failed, { x: second + 13, y: 10, kind: 'tick' }),
  ];
}
