import { once } from 'node:events';
import { Agent, createServer, request, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { passOn } from '../../../src-main/desk/vip-door-pass-on.ts';

async function listening(server: Server): Promise<number> {
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A web server, a door to it, and a browser that keeps its one connection. */
async function open(answer: RequestListener) {
  const web = createServer({ keepAliveTimeout: 60_000 }, answer);
  const webPort = await listening(web);
  const ways = { count: 0 };
  const door = createServer(
    passOn(async () => {
      ways.count++;
      const way = connect(webPort, '127.0.0.1');
      await once(way, 'connect');
      return way;
    }),
  );
  const port = await listening(door);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => {
    agent.destroy();
  });
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, agent }).end();
    const [response] = (await once(asked, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    return { status: response.statusCode, body: await text(response) };
  };
  return { get, ways };
}

describe('passOn', () => {
  it('sends each request over a connection of its own, though the browser keeps one', async () => {
    const { get, ways } = await open((_, response) => response.end('rs1\n'));
    expect([await get('/'), await get('/')]).toEqual([
      { status: 200, body: 'rs1\n' },
      { status: 200, body: 'rs1\n' },
    ]);
    expect(ways.count).toBe(2);
  });

  it('carries replies whose length is not told', async () => {
    const { get } = await open((_, response) => {
      response.write('one ');
      response.end('two');
    });
    expect((await get('/')).body).toBe('one two');
  });

  it('has no server say that the page another one gave is still good', async () => {
    const { get } = await open(({ headers }, response) => {
      response.writeHead(headers['if-none-match'] ? 304 : 200).end('rs2\n');
    });
    expect(await get('/', { 'If-None-Match': '"4"' })).toEqual({ status: 200, body: 'rs2\n' });
  });

  it('takes no turn for the icon that a browser asks for by itself', async () => {
    const { get, ways } = await open((_, response) => response.end());
    expect((await get('/favicon.ico')).status).toBe(204);
    expect(ways.count).toBe(0);
  });

  it('resets the browser’s connection when the service resets its own', async () => {
    const { get } = await open((asked) => asked.socket.resetAndDestroy());
    await expect(get('/')).rejects.toThrow();
  });

  it('resets it when there is no way to the service', async () => {
    const port = await listening(createServer(passOn(() => Promise.reject(new Error('refused')))));
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });
});
