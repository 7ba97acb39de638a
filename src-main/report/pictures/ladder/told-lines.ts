import type { Element } from 'hast';
import type { Words } from '../../words/words.ts';
import { text } from '../svg.ts';
import { textWidth } from '../text-width.ts';
import type { Told } from './ladder.ts';

/** Where what is told stands: the names of things, and beside them their values. */
export const toldX = 440;
const valueX = toldX + 60;
const right = 720;
const size = 9.5;
const lineHeight = 12.5;
const ownerHeight = 11;

interface Line {
  readonly pieces: readonly { readonly x: number; readonly words: string; readonly kind: string }[];
  readonly height: number;
}

/** Beside an arrow: how high it is, and its lines from a height on. */
export function toldLines(
  told: readonly Told[],
  words: Words,
): { height: number; draw: (top: number) => Element[] } {
  const lines = told.flatMap((each) => linesOf(each, words));
  const height = lines.reduce((sum, line) => sum + line.height, 0);
  const draw = (top: number) => {
    let y = top;
    return lines.flatMap(({ pieces, height: own }) => {
      y += own;
      return pieces.map(({ x, words: piece, kind }) =>
        text(piece, {
          ...{ x, y: y - 3, kind },
          room: { width: (x === toldX && pieces.length > 1 ? valueX - 3 : right) - x, size, letters: 'mono' },
        }),
      );
    });
  };
  return { height, draw };
}

function linesOf(told: Told, words: Words): Line[] {
  const own = words.pictures;
  switch (told.kind) {
    case 'addresses':
      return valueLines(own.addresses, told.from, told.to);
    case 'as-before':
      return [
        {
          pieces: [{ x: toldX, words: own.rewrittenAs(String(told.sequence)), kind: 'what' }],
          height: lineHeight,
        },
      ];
    case 'icmp':
      return [{ pieces: [{ x: toldX, words: told.words, kind: 'value' }], height: lineHeight }];
    case 'outer': {
      const { kind, source, destination } = told.outer;
      return valueLines(own.rewrites['outer-header'], `+ ${kind.toUpperCase()} ${source}`, destination);
    }
    case 'rewrite': {
      const { what, from, to } = told.rewrite;
      const named = (value: string) => (value === 'none' ? words.none : value);
      const lines = valueLines(own.rewrites[what], named(from), named(to));
      return told.owners ? [...lines, ownersLine(from, told.owners)] : lines;
    }
  }
}

/** On two lines where one has no room for both. */
function valueLines(what: string, from: string, to: string): Line[] {
  const name = { x: toldX, words: what, kind: 'what' };
  const value = (words: string) => ({ x: valueX, words, kind: 'value' });
  const both = `${from} → ${to}`;
  if (textWidth(both, size, 'mono') <= right - valueX)
    return [{ pieces: [name, value(both)], height: lineHeight }];
  return [
    { pieces: [name, value(from)], height: lineHeight },
    { pieces: [value(`→ ${to}`)], height: lineHeight },
  ];
}

/** Each below the MAC that is its. */
function ownersLine(mac: string, [from, to]: readonly [string, string]): Line {
  const next = valueX + textWidth(`${mac} → `, size, 'mono');
  const cut = (name: string) => (name.length > 16 ? `${name.slice(0, 15)}…` : name);
  return {
    height: ownerHeight,
    pieces: [
      { x: valueX, words: cut(from), kind: 'owner' },
      { x: next, words: cut(to), kind: 'owner' },
    ],
  };
}
