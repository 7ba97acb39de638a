import type { Layout, ReportedNode } from '../../model/report.ts';

export const pictureWidth = 720;
/** Between the cards and the drawing's border. */
export const margin = 16;
/** So many machines side by side at most: more go below them. */
export const mostColumns = 4;

export const cardWidth = 162;
/** Of a card's first line, of each line below it, and of that with weight and VIP. */
export const headHeight = 34;
export const lineHeight = 14;
export const badgeHeight = 28;
/** Between one NIC's lines and the next one's. */
const nicGap = 4;

/** What stands in a card: lines of NICs from its head on, each at its height, then what is said of the machine itself. */
export interface Card {
  readonly node: ReportedNode;
  readonly nics: readonly { readonly nic: ReportedNode['nics'][number]; readonly y: number }[];
  /** Of the line with weight and VIP; null where there is none. */
  readonly badgeY: number | null;
  readonly height: number;
  /** Interfaces that have the VIP; an empty name where it is not known which. */
  readonly vipOn: readonly string[];
}

/** @param vipOn where the VIP is an address, as an observation has it: `rs1 lo`. */
export function cardOf(node: ReportedNode, { service }: Layout, vipOn: readonly string[]): Card {
  let y = headHeight;
  const nics = node.nics.map((nic) => {
    const place = { nic, y };
    y += (nic.segment !== null && nic.gateway !== null ? 3 : 2) * lineHeight + nicGap;
    return place;
  });
  const own = vipOn
    .filter((place) => place.split(' ')[0] === node.name)
    .map((place) => place.split(' ')[1] ?? '');
  const isDirector =
    node.role === 'director' || node.nics.some(({ address }) => address?.split('/')[0] === service.vip);
  const holds = own.length > 0 ? own : isDirector ? [''] : [];
  const badge = node.role === 'real-server' || holds.length > 0;
  return { node, nics, badgeY: badge ? y + 2 : null, height: y + (badge ? badgeHeight : 2), vipOn: holds };
}
