import type { Layout, ReportedNode } from '../../model/report.ts';
import { serverOrder } from '../server-colors.ts';
import { cardOf, cardWidth, margin, mostColumns, pictureWidth, type Card } from './card.ts';

/** A machine's card with its top left corner. */
export interface PlacedCard extends Card {
  readonly x: number;
  readonly y: number;
  /** No other card is between it and the bus above, and below. */
  readonly first: boolean;
  readonly last: boolean;
}

export interface PlacedCards {
  readonly cards: readonly PlacedCard[];
  /** Segments that a cable is in, each with its height, from above. */
  readonly buses: readonly { readonly name: string; readonly subnet: string; readonly y: number }[];
  readonly height: number;
}

/** Between a card and the bus below it, where the bus has its name, and between a bus and a card below it. */
const aboveBus = 44;
const belowBus = 30;
const betweenLines = 22;
const border = 6;

/** Buses one below the other as the template has them, clients above theirs, what joins two between them, servers below. */
export function placeCards(layout: Layout, vipOn: readonly string[]): PlacedCards {
  const used = layout.segments.filter(({ name }) =>
    layout.nodes.some(({ nics }) => nics.some(({ segment }) => segment === name)),
  );
  const names = used.map(({ name }) => name);
  const rows: Card[][] = Array.from({ length: names.length + 1 }, () => []);
  for (const node of inOrder(layout.nodes)) rows[rowOf(node, names)]?.push(cardOf(node, layout, vipOn));
  const cards: PlacedCard[] = [];
  const busAt: number[] = [];
  let y = border;
  for (const [index, row] of rows.entries()) {
    const isLast = index === rows.length - 1;
    if (index > 0 && row.length > 0) y += belowBus;
    for (const [place, cells] of linesOf(row).entries()) {
      if (place > 0) y += betweenLines;
      const ends = { first: place === 0, last: place === linesOf(row).length - 1 };
      cards.push(...placeLine(cells, { y, hangs: isLast || place > 0, columns: columnsOf(row), ...ends }));
      y += Math.max(...cells.map(({ height }) => height));
    }
    if (isLast) break;
    y += aboveBus - (index === 0 && row.length === 0 ? 16 : 0);
    busAt.push(y);
  }
  return {
    cards,
    buses: used.map((segment, at) => ({ ...segment, y: busAt[at] ?? 0 })),
    height: y + border + 4,
  };
}

function inOrder(nodes: readonly ReportedNode[]): ReportedNode[] {
  const roles = ['client', 'router', 'director', 'real-server'];
  const servers = serverOrder(nodes.flatMap(({ name, role }) => (role === 'real-server' ? [name] : [])));
  return nodes.toSorted(
    (a, b) =>
      roles.indexOf(a.role) - roles.indexOf(b.role) || servers.indexOf(a.name) - servers.indexOf(b.name),
  );
}

/** Row n lies between bus n-1 and bus n. */
function rowOf({ role, nics }: ReportedNode, buses: readonly string[]): number {
  const places = nics.flatMap(({ segment }) => (segment === null ? [] : [buses.indexOf(segment)]));
  if (role === 'real-server') return places.length > 0 ? Math.max(...places) + 1 : buses.length;
  if (places.length === 0) return 0;
  return Math.min(...places) + (new Set(places).size > 1 ? 1 : 0);
}

function columnsOf(row: readonly Card[]): number {
  return Math.ceil(row.length / Math.max(1, Math.ceil(row.length / mostColumns)));
}

function linesOf(row: readonly Card[]): Card[][] {
  const columns = Math.max(1, columnsOf(row));
  return Array.from({ length: Math.ceil(row.length / columns) }, (_, line) =>
    row.slice(line * columns, (line + 1) * columns),
  );
}

function placeLine(
  cards: readonly Card[],
  line: { y: number; hangs: boolean; columns: number; first: boolean; last: boolean },
): PlacedCard[] {
  const cell = (pictureWidth - 2 * margin) / line.columns;
  const highest = Math.max(...cards.map(({ height }) => height));
  const { first, last } = line;
  return cards.map((card, index) => ({
    ...{ ...card, first, last, x: margin + cell * (index + 0.5) - cardWidth / 2 },
    // Those above a bus stand on it, those below hang from it, so that cables are short.
    y: line.hangs ? line.y : line.y + highest - card.height,
  }));
}
