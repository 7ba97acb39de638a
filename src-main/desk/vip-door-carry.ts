import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createReplyReader } from './vip-door-reply.ts';

/** Milliseconds: a page's own further requests (its icon) come sooner, a person's next reload does not. */
const quietMs = 250;

/**
 * Carries one connection of a browser on, byte for byte. LVS shares out connections, not requests, and a browser keeps
 * its connection for the next reload, which would stay with the same real server. So:
 * - The way on is opened only with the first bytes. A connection that a browser opens ahead of need takes no turn.
 * - Once a reply is whole and both sides are quiet, the connection is closed, as a web server with a short keep-alive
 *   does: the next reload comes on a new one. A reply whose length is not told is never cut short.
 * @param connect Opens the way on; when it fails the browser's connection is reset.
 */
export function carry(socket: Socket, connect: () => Promise<Duplex>): void {
  socket.on('error', () => undefined);
  socket.once('readable', () => {
    if (socket.readableLength === 0) socket.destroy();
    else void goOn(socket, connect);
  });
}

async function goOn(socket: Socket, connect: () => Promise<Duplex>): Promise<void> {
  let way: Duplex;
  try {
    way = await connect();
  } catch {
    // What a browser is shown for a service that refuses or resets.
    socket.resetAndDestroy();
    return;
  }
  way.on('error', () => undefined);
  if (socket.destroyed) {
    way.destroy();
    return;
  }
  closeWhenQuiet(socket, way);
  socket.once('close', () => way.destroy());
  way.once('close', () => {
    socket.destroySoon();
  });
  socket.pipe(way).pipe(socket);
}

function closeWhenQuiet(socket: Socket, way: Duplex): void {
  const reply = createReplyReader();
  let timer: NodeJS.Timeout | undefined;
  const noTimer = (): void => {
    clearTimeout(timer);
  };
  socket.on('data', noTimer).once('close', noTimer);
  way.on('data', (piece: Buffer) => {
    noTimer();
    if (reply.push(piece))
      timer = setTimeout(() => {
        socket.destroySoon();
      }, quietMs);
  });
}
