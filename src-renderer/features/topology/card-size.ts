import type { NodeView } from '../../../src-main/contract/lab-view.ts';

/** Between the drawing and its border. */
export const margin = 20;
/** Of a card's first line, of each address, and of the line with weight and VIP. */
export const headHeight = 34;
export const lineHeight = 17;
export const badgeHeight = 28;

const widest = 216;
/** Below it a card has no room for names of NICs and icons. */
const roomy = 150;
const between = 10;

/** How wide the cards of a row are, and how their words are set. */
export interface CardSize {
  readonly width: number;
  readonly compact: boolean;
}

/** The size of cards that have so much room each. */
export function cardSize(cell: number): CardSize {
  const width = Math.min(widest, Math.max(64, cell - between));
  return { width, compact: width < roomy };
}

/**
 * The height of a machine's card.
 * @param vips How many chips of the VIP it has: where it is, and where it should be.
 */
export function cardHeight(node: NodeView, vips: number): number {
  // A real server's weight has a line of its own.
  const badges = Number(node.role === 'real-server') + vips;
  // The director says how it schedules.
  const lines = Math.max(1, node.nics.length) + Number(node.role === 'director');
  return headHeight + lines * lineHeight + (badges ? badges * (badgeHeight - 4) + 8 : 10);
}
