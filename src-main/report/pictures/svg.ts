import type { Element, ElementContent } from 'hast';
import { s } from 'hastscript';
import { fitText, type Letters } from './text-width.ts';

/** Lengths are told to a hundredth of a unit: no eye sees more, and files stay small. */
export function round(length: number): number {
  return Math.round(length * 100) / 100;
}

/**
 * A drawing with a name for those who do not see it. Its units are about pixels; the page gives it its width and, by
 * `style.ts`, its colours.
 */
export function picture(
  kind: string,
  { width, height, name }: { readonly width: number; readonly height: number; readonly name: string },
  ...content: readonly (ElementContent | readonly ElementContent[] | null)[]
): Element {
  const viewBox = `0 0 ${round(width)} ${round(height)}`;
  return s(
    'svg',
    { class: ['picture', kind], viewBox, role: 'img', ariaLabel: name },
    s('title', name),
    ...content.flatMap((each) => each ?? []),
  );
}

export interface TextAt {
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
  readonly kind?: string;
  readonly anchor?: 'middle' | 'end';
  /** As much room as there is, with the size and kind of its letters: what is longer is cut, and told in full by its title. */
  readonly room?: { readonly width: number; readonly size: number; readonly letters: Letters };
}

export function text(words: string, { x, y, kind, anchor, room }: TextAt): Element {
  const shown = room ? fitText(words, room.width, room.size, room.letters) : words;
  return s(
    'text',
    { x: round(x), y: round(y), class: kind ?? null, textAnchor: anchor ?? null },
    shown,
    ...(shown === words ? [] : [s('title', words)]),
  );
}

/** A straight line. */
export function line(from: readonly [number, number], to: readonly [number, number], kind: string): Element {
  const [x1, y1, x2, y2] = [...from, ...to].map(round);
  return s('line', { class: kind, x1, y1, x2, y2 });
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function box({ x, y, width, height }: Box, kind: string, rx = 0): Element {
  return s('rect', {
    ...{ class: kind, x: round(x), y: round(y), width: round(width), height: round(height) },
    rx: rx || null,
  });
}

/** Several as one. */
export function group(
  kind: string,
  ...content: readonly (ElementContent | readonly ElementContent[])[]
): Element {
  return s('g', { class: kind }, ...content.flat());
}
