import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { askOnLine } from '../../../src-main/guest/ask-on-line.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A line whose other end does this with who connects. */
async function lineTo(guest: (socket: Socket) => void): Promise<string> {
  const socket = path.join(temporaryFolder(), 'line');
  const server = createServer((peer) => {
    peer.on('error', () => undefined);
    guest(peer);
  }).listen(socket);
  server.unref();
  await once(server, 'listening');
  return socket;
}

const ask = (socket: string, signal = new AbortController().signal, patience = 60_000) =>
  askOnLine({ socket, text: 'question\n', patience, signal }, (line) => line.startsWith('answer'));

describe('askOnLine', () => {
  it('takes the first line that is an answer, in whatever pieces it comes', async () => {
    const socket = await lineTo((peer) => {
      peer.once('data', (asked) => {
        peer.write(`noise ${asked.toString()}ans`);
        setImmediate(() => peer.write('wer 1\nanswer 2\n'));
      });
    });
    expect(await ask(socket)).toBe('answer 1');
  });

  it('says so when there is no line, or it ends', async () => {
    expect(await ask(path.join(temporaryFolder(), 'none'))).toBeUndefined();
    expect(await ask(await lineTo((peer) => peer.destroy()))).toBeUndefined();
  });

  it('waits no longer than it is told', async () => {
    const socket = await lineTo(() => undefined);
    await expect(ask(socket, undefined, 10)).rejects.toMatchObject({ code: 'guest-unreachable' });
    await expect(ask(socket, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
