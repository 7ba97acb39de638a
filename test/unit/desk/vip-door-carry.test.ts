import { once } from 'node:events';
import { createServer as createWebServer, type RequestListener } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { carry } from '../../../src-main/desk/vip-door-carry.ts';

async function listening(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A web server that keeps connections, and a door to it. */
async function openDoor(answer: RequestListener) {
  const web = createWebServer({ keepAliveTimeout: 60_000 }, answer);
  const counts = { ways: 0 };
  const webPort = await listening(web);
  onTestFinished(() => {
    web.closeAllConnections();
  });
  const door = createServer({ allowHalfOpen: true }, (socket) => {
    carry(socket, async () => {
      counts.ways += 1;
      const way = connect(webPort, '127.0.0.1');
      await once(way, 'connect');
      return way;
    });
  });
  return { counts, port: await listening(door) };
}

async function browser(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  onTestFinished(() => void socket.destroy());
  return socket;
}

const get = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

it('closes a connection that both sides would keep, once its reply is whole', async () => {
  const { counts, port } = await openDoor((_request, response) => {
    response.setHeader('Content-Length', 4).end('rs1\n');
  });
  for (const nth of [1, 2]) {
    const socket = await browser(port);
    socket.write(get);
    expect(await text(socket)).toMatch(/keep-alive[^]*\r\n\r\nrs1\n$/);
    expect(counts.ways).toBe(nth);
  }
});

it('answers what a page asks for right after on the same connection', async () => {
  const { counts, port } = await openDoor((request, response) => {
    const path = request.url ?? '';
    response.setHeader('Content-Length', path.length).end(path);
  });
  const socket = await browser(port);
  socket.write(get);
  await once(socket, 'data');
  socket.write(get.replace('/', '/icon'));
  expect(await text(socket)).toMatch(/\/icon$/);
  expect(counts.ways).toBe(1);
});

it('opens no way for a connection that says nothing', async () => {
  const { counts, port } = await openDoor((_request, response) => {
    response.end('x');
  });
  const silent = await browser(port);
  const asking = await browser(port);
  asking.write(get.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
  await text(asking);
  silent.end();
  await once(silent.resume(), 'close');
  expect(counts.ways).toBe(1);
});

it('never cuts a reply short whose length is not told', async () => {
  const { port } = await openDoor((_request, response) => {
    response.write('first');
    // Far longer than the door waits after a reply that is whole.
    setTimeout(() => response.end('last'), 800);
  });
  const socket = await browser(port);
  socket.write(get.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
  expect(await text(socket)).toMatch(/first[^]*last/);
});

it('resets the connection when there is no way on', async () => {
  const door = createServer((socket) => {
    carry(socket, () => Promise.reject(new Error('refused')));
  });
  const socket = await browser(await listening(door));
  socket.write(get);
  await expect(once(socket, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
});
