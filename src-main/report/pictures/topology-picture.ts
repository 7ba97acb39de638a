import type { Element } from 'hast';
import { s } from 'hastscript';
import type { Layout } from '../model/report.ts';
import type { Words } from '../words/words.ts';
import { serverOrder } from './server-colors.ts';
import { box, group, line, picture, round, text } from './svg.ts';
import { fitText, textWidth } from './text-width.ts';
import { pictureWidth } from './topology/card.ts';
import { drawCard } from './topology/draw-card.ts';
import { cablesOf, placeBus, type PlacedBus, type PlacedCable } from './topology/place-cables.ts';
import { placeCards } from './topology/place-cards.ts';

/** At most that of a segment's name is shown. */
const nameRoom = 220;

/**
 * A lab in one mode: segments as bars, machines about them with their NICs, addresses, MACs and gateways, and the cables
 * between.
 * @param vipOn where the VIP is an address, as an observation has it (`rs1 lo`); a director has it anyway.
 */
export function topologyPicture(layout: Layout, words: Words, vipOn: readonly string[] = []): Element {
  const { cards, buses, height } = placeCards(layout, vipOn);
  const cables = cards.flatMap((card) => cablesOf(card, { buses }));
  const servers = serverOrder(cards.flatMap(({ node }) => (node.role === 'real-server' ? [node.name] : [])));
  const placed = buses.map((bus) => placeBus(bus, cables, nameWidth(bus.name, bus.subnet)));
  const { vip, port } = layout.service;
  const name = words.pictures.topology(
    layout.mode.toUpperCase(),
    cards.map(({ node }) => node.name).join(words.comma),
    buses.map((bus) => `${bus.name} ${bus.subnet}`).join(words.comma),
  );
  return picture(
    'topology',
    { width: pictureWidth, height, name },
    cables.map(drawCable),
    placed.map(drawBus),
    cables.filter(({ segment }) => segment !== null).map(drawPort),
    cards.map((card) => drawCard(card, `${vip}:${port}`, servers, words)),
  );
}

function nameWidth(name: string, subnet: string): number {
  return textWidth(fitText(name, nameRoom, 12.5, 'bold'), 12.5, 'bold') + 8 + textWidth(subnet, 10.5, 'mono');
}

function drawBus({ name, subnet, y, x1, x2, nameX }: PlacedBus): Element {
  const words = fitText(name, nameRoom, 12.5, 'bold');
  return group(
    'segment',
    box({ x: x1, y: y - 3.5, width: x2 - x1, height: 7 }, 'rail', 3.5),
    text(name, { x: nameX, y: y - 11, kind: 'name', room: { width: nameRoom, size: 12.5, letters: 'bold' } }),
    text(subnet, { x: nameX + textWidth(words, 12.5, 'bold') + 8, y: y - 11, kind: 'mono soft' }),
  );
}

function drawCable({ nic, segment, points, named }: PlacedCable): Element {
  const d = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  const [[x, from], [, to]] = [points[0] ?? [0, 0], points[1] ?? [0, 0]];
  const end = points.at(-1) ?? [0, 0];
  return group(
    segment === null ? 'cable out' : 'cable',
    s('path', { d }),
    segment === null ? [line([end[0] - 4, end[1]], [end[0] + 4, end[1]], 'end')] : [],
    named && from !== to
      ? [text(nic.name, { x: x + 5, y: to > from ? from + 12 : from - 6, kind: 'nic' })]
      : [],
  );
}

function drawPort({ points }: PlacedCable): Element {
  const [x, y] = points.at(-1) ?? [0, 0];
  return s('circle', { class: 'port', cx: round(x), cy: round(y), r: 4 });
}
