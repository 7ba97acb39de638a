import type { MoveKind } from './moves.ts';

/** Drawn about a middle of 0, 0; a diamond, a disc, a square and a triangle are told apart without their colours. */
export const packetShapes: Readonly<Record<MoveKind, string>> = {
  request: 'M5.5 0A5.5 5.5 0 1 1-5.5 0 5.5 5.5 0 1 1 5.5 0z',
  reply: 'M0-7L7 0 0 7-7 0z',
  arp: 'M-4.8-4.8h9.6v9.6h-9.6z',
  other: 'M0-6.2L5.8 4.4H-5.8z',
};
