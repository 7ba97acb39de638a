import type { Element } from 'hast';
import { s } from 'hastscript';
import type { ReportedRun } from '../model/run.ts';
import { count } from '../words/numbers.ts';
import type { Words } from '../words/words.ts';
import { serverKey } from './charts/server-key.ts';
import { serversOf } from './charts/servers-of.ts';
import { serverClass, serverSign } from './server-colors.ts';
import { picture, text } from './svg.ts';
import { textWidth } from './text-width.ts';

const [width, left, columns] = [720, 40, 40];
const [legendColumns, legendHeight] = [5, 20];
const cell = { width: 17, height: 20 };

/**
 * Who answered, request by request, from left to right and from line to line: a server's sign on its colour, a cross for
 * a request that failed. Some hundred bytes a line, however many requests. @returns null without samples.
 */
export function sequenceStrip(run: Pick<ReportedRun, 'schedule' | 'figures'>, words: Words): Element | null {
  const sequence = run.figures?.sequence ?? [];
  if (sequence.length === 0) return null;
  const servers = serversOf(run);
  const lines = Math.ceil(sequence.length / columns);
  const keys = [...new Set(sequence)].sort((a, b) => placeOf(servers, a) - placeOf(servers, b));
  const bottom = lines * cell.height;
  return picture(
    'chart strip',
    {
      width,
      height: bottom + 8 + Math.ceil(keys.length / legendColumns) * legendHeight,
      name: words.pictures.sequence(count(sequence.length)),
    },
    keys.map((who) => cellsOf(sequence, who, servers)),
    Array.from({ length: lines }, (_, line) => signsOf(sequence, line, servers)).flat(),
    legend(keys, servers, bottom, words),
  );
}

function placeOf(servers: readonly string[], who: string | null): number {
  if (who === null) return servers.length + 1;
  return who === '' ? servers.length : servers.indexOf(who);
}

/** All cells of one as one shape. */
function cellsOf(
  sequence: readonly (string | null)[],
  who: string | null,
  servers: readonly string[],
): Element {
  const inset = who === null ? 1.6 : 1;
  const [w, h] = [cell.width - 2 * inset, cell.height - 2 * inset];
  const d = sequence.flatMap((one, at) => {
    if (one !== who) return [];
    const [x, y] = [left + (at % columns) * cell.width, Math.floor(at / columns) * cell.height];
    return [`M${x + inset} ${y + inset}h${w}v${h}h-${w}z`];
  });
  const kind = who === null ? 'cell-failed' : 'bar';
  return s(
    'g',
    { class: who === null ? 'wrong' : serverClass(servers, who) },
    s('path', { class: kind, d: d.join('') }),
  );
}

/** The signs of a line, each placed by itself, and what number the line begins with. */
function signsOf(sequence: readonly (string | null)[], line: number, servers: readonly string[]): Element[] {
  const y = line * cell.height + 14;
  const from = line * columns;
  const cells = sequence
    .slice(from, from + columns)
    .map((who, at) => ({ who, x: left + (at + 0.5) * cell.width }));
  const signs = (kind: string, some: typeof cells) =>
    some.length === 0
      ? []
      : [
          s(
            'text',
            { class: kind, textAnchor: 'middle', x: some.map(({ x }) => x).join(' '), y },
            some.map(({ who }) => (who === null ? '×' : serverSign(servers, who))).join(''),
          ),
        ];
  return [
    text(count(from + 1), { x: left - 8, y: y - 0.5, kind: 'tick', anchor: 'end' }),
    ...signs(
      'cell-words',
      cells.filter(({ who }) => who !== null),
    ),
    ...signs(
      'failed-words',
      cells.filter(({ who }) => who === null),
    ),
  ];
}

/** What the signs stand for, four side by side. */
function legend(
  keys: readonly (string | null)[],
  servers: readonly string[],
  top: number,
  words: Words,
): Element[] {
  const nameOf = (who: string | null) => (who === null ? words.pictures.failed : who || words.unnamed);
  const widest = Math.max(...keys.map((who) => textWidth(nameOf(who), 11, 'sans')));
  const cellWidth = Math.min(widest + 44, (width - left) / Math.min(keys.length, legendColumns));
  const room = { width: cellWidth - 32, size: 11, letters: 'sans' } as const;
  return keys.flatMap((who, at) => {
    const x = left + (at % legendColumns) * cellWidth;
    const y = top + 16 + Math.floor(at / legendColumns) * legendHeight;
    const sign =
      who === null
        ? text('×', { x: x + 9, y: y + 4, kind: 'failed-words', anchor: 'middle' })
        : serverKey(servers, who, x, y);
    return [sign, text(nameOf(who), { x: x + 24, y: y + 4, room })];
  });
}
