import type { ReportedNode } from '../../model/report.ts';
import { cardWidth, margin, pictureWidth } from './card.ts';
import type { PlacedCard, PlacedCards } from './place-cards.ts';

type Point = readonly [x: number, y: number];

/** A NIC's cable from its card to its bus; where it is in none, a stub. */
export interface PlacedCable {
  readonly nic: ReportedNode['nics'][number];
  readonly segment: string | null;
  readonly points: readonly Point[];
  /** The machine has more of them: this one is named at its card. */
  readonly named: boolean;
}

const stub = { length: 14, width: 18 };
/** How far beside its card a cable runs that passes a bus it is not in, and one that passes other cards. */
const detour = 15;
const gutter = 5;

type Way = 'up' | 'down' | 'left' | 'right' | 'side' | 'none';

/** The cables of a machine: to the bus above from its upper edge, to the one below from its lower edge. */
export function cablesOf(card: PlacedCard, { buses }: Pick<PlacedCards, 'buses'>): PlacedCable[] {
  const ways = card.node.nics.map((nic) => {
    const bus = buses.find(({ name }) => name === nic.segment);
    return { nic, bus: bus?.y ?? 0, way: bus ? wayTo(card, bus.y, buses) : ('none' as const) };
  });
  return ways.map(({ nic, bus, way }, index) => {
    const alike = ways.filter((other) => other.way === way);
    const place = ways.slice(0, index).filter((other) => other.way === way).length;
    const points = pointsOf(card, way, {
      bus,
      place,
      x: card.x + (cardWidth * (place + 1)) / (alike.length + 1),
    });
    return { nic, segment: nic.segment, points, named: ways.length > 1 && way !== 'none' };
  });
}

function wayTo(card: PlacedCard, bus: number, buses: PlacedCards['buses']): Way {
  const [above, below] = [Math.min(bus, card.y), Math.max(bus, card.y)];
  if (buses.some(({ y }) => y > above && y < below)) return 'side';
  if (bus < card.y) return card.first ? 'up' : 'left';
  return card.last ? 'down' : 'right';
}

function pointsOf(
  { x: left, y: top, height }: PlacedCard,
  way: Way,
  { bus, place, x }: { bus: number; place: number; x: number },
): Point[] {
  const [right, bottom, middle] = [left + cardWidth, top + height, top + height / 2 + 12 * place];
  switch (way) {
    case 'up':
      return [
        [x, top],
        [x, bus],
      ];
    case 'down':
      return [
        [x, bottom],
        [x, bus],
      ];
    case 'left':
      return [
        [left, middle],
        [left - gutter, middle],
        [left - gutter, bus],
      ];
    case 'right':
      return [
        [right, middle],
        [right + gutter, middle],
        [right + gutter, bus],
      ];
    case 'side': {
      // Out at the side that is nearer to the border, and along there.
      const isLeft = left + cardWidth / 2 <= pictureWidth / 2;
      const [edge, aside] = isLeft ? [left, left - detour] : [right, right + detour];
      return [
        [edge, middle],
        [aside, middle],
        [aside, bus],
      ];
    }
    case 'none': {
      // At the right, where it is in the way of none that is plugged in.
      const end = right - stub.width * (place + 1);
      return [
        [end, bottom],
        [end, bottom + stub.length],
      ];
    }
  }
}

export interface PlacedBus {
  readonly name: string;
  readonly subnet: string;
  readonly y: number;
  readonly x1: number;
  readonly x2: number;
  /** Where its name begins: no cable is there. */
  readonly nameX: number;
}

/** A bus from border to border, but short of cables that pass it. */
export function placeBus(
  bus: PlacedCards['buses'][number],
  cables: readonly PlacedCable[],
  nameWidth: number,
): PlacedBus {
  const crossing = cables.filter(({ points }) => spans(points, bus.y - 12));
  const passing = cables
    .filter(({ segment, points }) => segment !== bus.name && spans(points, bus.y))
    .map(({ points }) => points.at(-1)?.[0] ?? 0);
  const x1 = Math.max(margin, ...passing.filter((x) => x <= pictureWidth / 2).map((x) => x + detour));
  const x2 = Math.min(
    pictureWidth - margin,
    ...passing.filter((x) => x > pictureWidth / 2).map((x) => x - detour),
  );
  const inTheWay = crossing.map(({ points }) => points.at(-1)?.[0] ?? 0).filter((x) => x > x1 && x < x2);
  const ends = [x1 - 6, ...inTheWay.sort((a, b) => a - b), x2 + 6];
  const free = ends.findIndex((end, at) => (ends[at + 1] ?? end) - end >= nameWidth + 20);
  return { ...bus, x1, x2, nameX: (ends[Math.max(0, free)] ?? x1) + 10 };
}

/** Its last piece, which all buses have in common with it, is at that height. */
function spans(points: readonly Point[], y: number): boolean {
  const [from, to] = [points.at(-2)?.[1] ?? 0, points.at(-1)?.[1] ?? 0];
  return Math.min(from, to) < y && Math.max(from, to) > y;
}
