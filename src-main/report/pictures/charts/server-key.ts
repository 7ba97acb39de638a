import type { Element } from 'hast';
import { serverClass, serverSign } from '../server-colors.ts';
import { box, group, text } from '../svg.ts';

/** A server's sign on its colour, 18 by 16, with its middle at a height. */
export function serverKey(servers: readonly string[], name: string, x: number, y: number): Element {
  return group(
    serverClass(servers, name),
    box({ x, y: y - 8, width: 18, height: 16 }, 'sign', 2),
    text(serverSign(servers, name), { x: x + 9, y: y + 4, kind: 'sign-words', anchor: 'middle' }),
  );
}
