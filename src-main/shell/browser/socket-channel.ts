import type { WebSocket } from 'ws';
import type { Channel } from '../serve-calls.ts';

/** RFC 6455, 7.4.1: data that is not what it should be. */
const INVALID_DATA = 1007;

/** A WebSocket as a channel for calls. */
export function socketChannel(socket: WebSocket): Channel {
  // What ws refuses itself (a message too long, or not UTF-8) comes as an error, and ws closes the socket.
  socket.on('error', () => undefined);
  return {
    send: (data) =>
      new Promise((resolve, reject) => {
        socket.send(data, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    onMessage: (listener) =>
      socket.on('message', (data, isBinary) => {
        listener(Buffer.isBuffer(data) && !isBinary ? data.toString() : data);
      }),
    onClose: (listener) => socket.on('close', listener),
    refuse: () => {
      socket.close(INVALID_DATA);
    },
  };
}
