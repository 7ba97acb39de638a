import type { LabView, NodeView } from '../../../src-main/contract/lab-view.ts';
import { cablesOf, span } from './cables.ts';
import { cardHeight, cardSize, margin } from './card-size.ts';
import type { Layout, PlacedNode } from './placed.ts';
import { placeRows, type Row } from './rows.ts';

/**
 * Where everything of a lab is drawn: buses one below the other in the template's order, clients above theirs, what
 * joins two of them in between, real servers below. Buses that no cable is in are left out.
 * @param size what is there to draw on; the result is higher where that is too low.
 * @param vips how many chips of the VIP a machine has.
 */
export function layOut(
  view: Pick<LabView, 'nodes' | 'segments'>,
  size: { readonly width: number; readonly height: number },
  vips: ReadonlyMap<string, number>,
): Layout {
  const buses = view.segments
    .map(({ name }) => name)
    .filter((name) => view.nodes.some(({ nics }) => nics.some(({ segment }) => segment === name)));
  const rows = rowsOf(view.nodes, buses, { width: size.width, vips });
  const { tops, busAt, height } = placeRows(rows, size.height);
  const nodes = rows.flatMap((row, index) =>
    placeRow(row, { top: tops[index] ?? 0, width: size.width, last: index === rows.length - 1 }),
  );
  const cables = nodes.flatMap((placed) => {
    const nics = view.nodes.find(({ name }) => name === placed.name)?.nics ?? [];
    return cablesOf(placed, nics, { busAt, buses, width: size.width });
  });
  const segments = buses.map((name, index) => {
    const nameWidth = widthOfName(name, view.segments.find((one) => one.name === name)?.subnet ?? '');
    return { name, ...span({ name, nameWidth, y: busAt[index] ?? 0 }, size.width, cables) };
  });
  return { width: size.width, height, nodes, segments, cables };
}

function rowsOf(
  nodes: readonly NodeView[],
  buses: readonly string[],
  { width, vips }: { width: number; vips: ReadonlyMap<string, number> },
): Row[] {
  const rows: NodeView[][] = Array.from({ length: buses.length + 1 }, () => []);
  for (const node of nodes) rows[rowOf(node, buses)]?.push(node);
  const order = ['client', 'router', 'director', 'real-server'];
  return rows.map((row) => {
    const sorted = row.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
    const size = cardSize((width - 2 * margin) / Math.max(1, sorted.length));
    const heights = sorted.map((node) => cardHeight(node, vips.get(node.name) ?? 0));
    return { nodes: sorted, size, heights };
  });
}

/** About what a bus's name and subnet take, as they are set. */
function widthOfName(name: string, subnet: string): number {
  return name.length * 7.6 + 8 + subnet.length * 7;
}

/** Row n lies between bus n-1 and bus n. */
function rowOf(node: NodeView, buses: readonly string[]): number {
  const segments = node.nics.flatMap(({ segment }) => (segment === null ? [] : [buses.indexOf(segment)]));
  if (node.role === 'real-server') return segments.length ? Math.max(...segments) + 1 : buses.length;
  if (!segments.length) return 0;
  return Math.min(...segments) + (new Set(segments).size > 1 ? 1 : 0);
}

function placeRow(
  { nodes, size, heights }: Row,
  { top, width, last }: { top: number; width: number; last: boolean },
): PlacedNode[] {
  const cell = (width - 2 * margin) / Math.max(1, nodes.length);
  const highest = Math.max(0, ...heights);
  return nodes.map(({ name }, index) => {
    const height = heights[index] ?? 0;
    // Those above a bus stand on it, those below hang from it, so that cables are short.
    const y = last ? top : top + highest - height;
    return { ...size, name, x: margin + cell * (index + 0.5) - size.width / 2, y, height };
  });
}
