import type { NodeView } from '../../../src-main/contract/lab-view.ts';

/** Between the drawing and its border. */
export const margin = 20;
/** Of a card's first line, of each address, and of the line with weight and VIP. */
export const headHeight = 34;
export const lineHeight = 17;
export const badgeHeight = 28;

const widest = 216;
/** Below it a card has all its words one below the other; below the other, weight and VIP alone. */
const roomy = 150;
const sideBySide = 190;
const between = 10;

/** How wide the cards of a row are, and how their words are set. */
export interface CardSize {
  readonly width: number;
  readonly compact: boolean;
  readonly stacked: boolean;
}

/** The size of cards that have so much room each. */
export function cardSize(cell: number): CardSize {
  const width = Math.min(widest, Math.max(64, cell - between));
  return { width, compact: width < roomy, stacked: width < sideBySide };
}

/**
 * The height of a machine's card.
 * @param vips How many chips of the VIP it has: where it is, and where it should be.
 */
export function cardHeight(node: NodeView, { stacked }: CardSize, vips: number): number {
  const isServer = node.role === 'real-server';
  const beside = isServer && vips > 0 && !stacked ? 1 : 0;
  const badges = Number(isServer) + vips - beside;
  // The director says how it schedules.
  const lines = Math.max(1, node.nics.length) + Number(node.role === 'director');
  return headHeight + lines * lineHeight + (badges ? badges * (badgeHeight - 4) + 8 : 10);
}
