import { open } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * The address of a lab's control socket. unix(7) allows 107 bytes for it, and a data folder may be longer, so it is
 * named through an open handle of the lab's folder. To be disposed of once it is bound or connected no more.
 * @throws what open(2) says, when the folder is not there.
 */
export async function controlAddress(folder: string): Promise<{ address: string } & AsyncDisposable> {
  const handle = await open(folder);
  return {
    address: `/proc/self/fd/${handle.fd}/control`,
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** A value as one line. node:readline ends a line at U+2028 and U+2029 too, which JSON.stringify leaves as they are. */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value).replaceAll('\u2028', String.raw`\u2028`);
  return `${json.replaceAll('\u2029', String.raw`\u2029`)}\n`;
}

/** The lines that come over a socket; they end with it, in whichever way it ends, and never throw. */
export function linesOf(socket: Socket): AsyncGenerator<string> {
  socket.on('error', () => undefined);
  return readLines(socket);
}

async function* readLines(socket: Socket): AsyncGenerator<string> {
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  // Of a socket that is destroyed readline hears nothing: there is no 'end'.
  socket.once('close', () => {
    lines.close();
  });
  try {
    yield* lines;
  } catch {
    // A broken connection: the socket closes next.
  }
}
