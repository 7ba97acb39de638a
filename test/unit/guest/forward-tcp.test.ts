import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openForwarder } from '../../../src-main/guest/forward-tcp.ts';
import { startSshServer } from './ssh-server.ts';

async function open() {
  const server = await startSshServer();
  return { server, forwarder: await openForwarder(server.address) };
}

/** Answers with what it was sent, once that is over. */
function startEcho(): Promise<number> {
  const echo = createServer({ allowHalfOpen: true }, (socket) => void socket.pipe(socket));
  onTestFinished(() => void echo.close());
  return new Promise((resolve) => {
    echo.listen(0, '127.0.0.1', () => {
      resolve((echo.address() as AddressInfo).port);
    });
  });
}

it('carries several connections at once over one login', async () => {
  const { server, forwarder } = await open();
  const port = await startEcho();
  const answers = ['a', 'b', 'c'].map(async (words) => {
    const way = await forwarder.open('127.0.0.1', port);
    way.end(words);
    return text(way);
  });
  expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
  expect(server.logins()).toBe(1);
  await forwarder.close();
  await vi.waitFor(() => {
    expect(server.connections()).toBe(0);
  });
});

it('says when the guest cannot connect', async () => {
  const { forwarder } = await open();
  await expect(forwarder.open('127.0.0.1', 1)).rejects.toMatchObject({
    code: 'guest-unreachable',
    message: 'Node rs1 did not connect to 127.0.0.1:1.',
  });
  await forwarder.close();
});

it('tells when the connection to the guest is over', async () => {
  const { server, forwarder } = await open();
  server.cut();
  await forwarder.closed;
  await expect(forwarder.open('127.0.0.1', 1)).rejects.toMatchObject({ code: 'guest-unreachable' });
});
