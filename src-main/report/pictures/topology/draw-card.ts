import type { Element } from 'hast';
import { roleIcon } from '../role-icon.ts';
import { serverClass } from '../server-colors.ts';
import { box, group, text } from '../svg.ts';
import { textWidth } from '../text-width.ts';
import type { Words } from '../../words/words.ts';
import { cardWidth, lineHeight, type Card } from './card.ts';
import type { PlacedCard } from './place-cards.ts';

const [pad, indent] = [10, 44];
const small = 10.5;

/** A machine: its name and role, its NICs with addresses and MACs, and whether it has the VIP. */
export function drawCard(card: PlacedCard, vip: string, servers: readonly string[], words: Words): Element {
  const { node, x, y, height } = card;
  const isServer = node.role === 'real-server';
  const at = { x, y };
  return group(
    `machine ${node.role} ${isServer ? serverClass(servers, node.name) : ''}`.trim(),
    box({ ...at, width: cardWidth, height }, 'card', 6),
    isServer ? [box({ x: x + 8, y, width: cardWidth - 16, height: 3 }, 'band', 1.5)] : [],
    roleIcon(node.role, x + pad, y + 9),
    nameOf(card, words),
    card.nics.flatMap((line) => nicLines(line, at, words)),
    badges(card, vip, words),
  );
}

function nameOf({ node, x, y }: PlacedCard, words: Words): Element[] {
  const room = cardWidth - 36 - pad;
  const role = words.roles[node.role];
  const left = room - textWidth(node.name, 13.5, 'bold') - 8;
  const name = text(node.name, {
    x: x + 36,
    y: y + 22.5,
    kind: 'name',
    room: { width: room, size: 13.5, letters: 'bold' },
  });
  if (role === node.name || left < textWidth(role, small, 'sans')) return [name];
  return [name, text(role, { x: x + cardWidth - pad, y: y + 22, kind: 'soft', anchor: 'end' })];
}

function nicLines({ nic, y }: Card['nics'][number], at: { x: number; y: number }, words: Words): Element[] {
  const room = { width: cardWidth - indent - 4, size: small, letters: 'mono' } as const;
  const lineAt = (line: number) => at.y + y + (line + 1) * lineHeight - 4;
  const plugged = nic.segment !== null;
  const where = plugged ? (nic.address ?? '–') : words.unplugged;
  return [
    text(nic.name, {
      x: at.x + pad,
      y: lineAt(0),
      kind: 'mono soft',
      room: { ...room, width: indent - pad - 2 },
    }),
    text(where, { x: at.x + indent, y: lineAt(0), kind: plugged ? 'mono' : 'out', room }),
    text(nic.mac, { x: at.x + indent, y: lineAt(1), kind: 'mono soft', room }),
    ...(plugged && nic.gateway !== null
      ? [
          // The word of ip-route(8).
          text('via', { x: at.x + pad, y: lineAt(2), kind: 'mono soft' }),
          text(nic.gateway, { x: at.x + indent, y: lineAt(2), kind: 'mono soft', room }),
        ]
      : []),
  ];
}

/** Of a real server its weight, and that it has the VIP but keeps quiet about it; of others the VIP itself. */
function badges({ node, x, y, badgeY, vipOn }: PlacedCard, vip: string, words: Words): Element[] {
  if (badgeY === null) return [];
  const top = y + badgeY - 1;
  const isServer = node.role === 'real-server';
  const weight = words.pictures.weight(String(node.weight));
  const weightWidth = isServer ? textWidth(weight, small, 'sans') + 8 : 0;
  const has = isServer ? `VIP ${vipOn.join(' ')}`.trim() : `VIP ${vip}`;
  const width = Math.min(textWidth(has, 10, 'mono') + 14, cardWidth - 2 * pad - weightWidth);
  const left = x + pad + (isServer ? weightWidth : 0);
  return [
    ...(isServer ? [text(weight, { x: x + pad, y: top + 13.5, kind: 'soft' })] : []),
    ...(vipOn.length === 0
      ? []
      : [
          box({ x: left, y: top, width, height: 19 }, isServer ? 'vip quiet' : 'vip', 9.5),
          text(has, {
            ...{ x: left + width / 2, y: top + 13, kind: 'vip-words', anchor: 'middle' },
            room: { width: width - 8, size: 10, letters: 'mono' },
          }),
        ]),
  ];
}
