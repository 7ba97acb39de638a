import type { Element, ElementContent } from 'hast';
import { s } from 'hastscript';
import type { Words } from '../../words/words.ts';
import { group, line, round, text } from '../svg.ts';
import type { Rung } from './ladder.ts';
import { toldLines } from './told-lines.ts';

/** A rung is at least so high; its arrow is there below its top. */
const least = 28;
const arrowAt = 19;
const tip = 8;
const gutter = 60;

export interface DrawnRung {
  readonly height: number;
  /** @param xs where the machines' lines are. */
  readonly draw: (top: number, xs: readonly number[]) => Element;
}

/**
 * One frame: when it came, its arrow, and what is told of it.
 * @param digits of its time in milliseconds, after the point.
 */
export function drawRung(rung: Rung, digits: number, words: Words): DrawnRung {
  const told = toldLines(rung.told, words);
  const height = Math.max(least, told.height + 9);
  return {
    height,
    draw: (top, xs) =>
      group(
        kindOf(rung),
        text(String(rung.hop.sequence), { x: gutter, y: top + 11, kind: 'mono', anchor: 'end' }),
        text(`${rung.atMs.toFixed(digits)} ms`, { x: gutter, y: top + 23, kind: 'soft', anchor: 'end' }),
        arrow(rung, top + arrowAt, xs, words),
        told.draw(top + 3),
      ),
  };
}

function kindOf({ hop }: Rung): string {
  return `${hop.direction}${hop.dropped ? ' lost' : ''}`;
}

function arrow(rung: Rung, y: number, xs: readonly number[], words: Words): ElementContent[] {
  const { hop } = rung;
  const { begin, end, sign } = aim(rung, xs);
  const label = { x: (begin + end) / 2, y: y - 5.5, anchor: 'middle' } as const;
  const tunnel = hop.outer ? [line([begin + sign * 5, y], [end - sign * 11, y], 'tunnel')] : [];
  if (!hop.dropped) {
    return [
      ...tunnel,
      line([begin, y], [end - sign * (tip - 1), y], 'way'),
      s('path', { class: 'tip', d: `M${round(end)} ${round(y)}l${-sign * tip} -4v8z` }),
      text(labelOf(hop, words), { ...label, kind: 'label' }),
    ];
  }
  // Nobody got it.
  const lostAt = begin + (end - begin) * 0.75;
  return [
    ...tunnel,
    line([begin, y], [lostAt, y], 'way'),
    s('path', { class: 'cross', d: `M${round(lostAt - 4)} ${round(y - 4)}l8 8m0 -8l-8 8` }),
    text(labelOf(hop, words), { ...label, kind: 'label bad' }),
  ];
}

/** A frame that no one machine is meant by goes some way to where there is room. */
function aim({ from, to }: Rung, xs: readonly number[]): { begin: number; end: number; sign: number } {
  const begin = xs[from] ?? 0;
  if (to !== null && to !== from) return { begin, end: xs[to] ?? begin, sign: Math.sign(to - from) };
  const sign = from > 0 && from === xs.length - 1 ? -1 : 1;
  return { begin, end: begin + sign * 44, sign };
}

function labelOf(
  { kind, flags, dataLength, outer, retransmission, dropped }: Rung['hop'],
  words: Words,
): string {
  const what = kind === 'icmp' ? 'ICMP' : kind === 'fragment' ? words.evidence.fragment : flags || 'TCP';
  return [
    ...(outer ? [outer.kind.toUpperCase()] : []),
    what,
    ...(dataLength > 0 ? [`${dataLength} B`] : []),
    ...(outer ? [`+${outer.addedBytes} B`] : []),
    ...(retransmission ? ['↻'] : []),
    ...(dropped ? [words.evidence.dropped] : []),
  ].join(' ');
}
