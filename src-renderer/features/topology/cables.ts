import type { NodeView } from '../../../src-main/contract/lab-view.ts';
import { margin } from './card-size.ts';
import type { PlacedCable, PlacedNode, PlacedSegment } from './placed.ts';

interface Field {
  /** Where each bus lies. */
  readonly busAt: readonly number[];
  readonly buses: readonly string[];
  readonly width: number;
}

const stubLength = 16;
const stubWidth = 20;
/** How far beside its card a cable runs that passes a bus it is not in. */
const detour = 22;

/** The cables of a machine: to the bus above from its upper edge, to the one below from its lower edge. */
export function cablesOf(placed: PlacedNode, nics: NodeView['nics'], field: Field): PlacedCable[] {
  const ways = nics.map((nic) => {
    const bus = nic.segment === null ? undefined : field.busAt[field.buses.indexOf(nic.segment)];
    const edge = bus === undefined ? 'none' : edgeTo(placed, bus, field.busAt);
    return { nic, bus: bus ?? 0, edge };
  });
  return ways.map((way) => {
    const alike = ways.filter(({ edge }) => edge === way.edge);
    const share = (alike.indexOf(way) + 1) / (alike.length + 1);
    return {
      key: `${placed.name}:${way.nic.name}`,
      node: placed.name,
      nic: way.nic.name,
      segment: way.nic.segment,
      points: pointsOf(placed, way, { share, place: alike.indexOf(way), width: field.width }),
    };
  });
}

type Edge = 'up' | 'down' | 'side' | 'none';

/** By the side where another bus lies between a card and its own. */
function edgeTo(placed: PlacedNode, bus: number, busAt: readonly number[]): Edge {
  const [above, below] = [Math.min(bus, placed.y), Math.max(bus, placed.y)];
  if (busAt.some((y) => y > above && y < below)) return 'side';
  return bus < placed.y ? 'up' : 'down';
}

function pointsOf(
  placed: PlacedNode,
  { edge, bus }: { edge: Edge; bus: number },
  { share, place, width }: { share: number; place: number; width: number },
): PlacedCable['points'] {
  const bottom = placed.y + placed.height;
  const x = placed.x + placed.width * share;
  if (edge === 'side') return beside(placed, bus, width);
  if (edge === 'up') return straight(x, placed.y, bus);
  if (edge === 'down') return straight(x, bottom, bus);
  // At the right, where it is in the way of none that is plugged in.
  return straight(placed.x + placed.width - stubWidth * (place + 1), bottom, bottom + stubLength);
}

function straight(x: number, from: number, to: number): PlacedCable['points'] {
  return [
    { x, y: from },
    { x, y: from },
    { x, y: to },
    { x, y: to },
  ];
}

/** Out at the side that is nearer to the border, and along there. */
function beside(placed: PlacedNode, bus: number, width: number): PlacedCable['points'] {
  const left = placed.x + placed.width / 2 <= width / 2;
  const edge = left ? placed.x : placed.x + placed.width;
  const x = left ? edge - detour : edge + detour;
  const y = placed.y + placed.height / 2;
  return [
    { x: edge, y },
    { x, y },
    { x, y: bus },
    { x, y: bus },
  ];
}

/** A bus from border to border, but short of cables that pass it at either end. */
export function span(
  { name, nameWidth, y }: { name: string; nameWidth: number; y: number },
  width: number,
  cables: readonly PlacedCable[],
): Omit<PlacedSegment, 'name'> {
  const passing = cables
    .filter(({ segment, points: [, from, to] }) => segment !== name && from.y < y && to.y > y)
    .map(({ points }) => points[1].x);
  const left = passing.filter((x) => x <= width / 2);
  const right = passing.filter((x) => x > width / 2);
  const x1 = left.length ? Math.max(...left) + detour : margin;
  const x2 = right.length ? Math.min(...right) - detour : width - margin;
  const above = cables
    .filter(
      ({ points: [, { y: from }, { y: to }] }) => Math.min(from, to) < y - 4 && Math.max(from, to) > y - 24,
    )
    .map(({ points }) => points[1].x);
  return { y, x1, x2, nameX: freePlace({ from: x1 + 4, to: x2 - 4, width: nameWidth }, above) };
}

/** Where words of a width begin that no cable runs through: at the start, at the end, or beside a cable. */
function freePlace(
  { from, to, width }: { from: number; to: number; width: number },
  cables: readonly number[],
): number {
  const places = [from, to - width, ...cables.map((x) => x + 8), ...cables.map((x) => x - 8 - width)];
  const isFree = (at: number) =>
    at >= from && at + width <= to && !cables.some((x) => x > at - 8 && x < at + width + 8);
  return places.find(isFree) ?? from;
}
