import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { AppClient } from '../../../../src-main/contract/app-contract.ts';
import { startBrowserShell, type BrowserShell } from '../../../../src-main/shell/browser/server.ts';
import { checkResult, endless, fakeCore } from '../fake-core.ts';

let folder: string;
let shell: BrowserShell;
let origin: string;
let host: string;
const work = endless();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'browser-shell-'));
  await writeFile(path.join(folder, 'index.html'), '<title>page</title>');
  const core = fakeCore({ fixDoctor: (_, signal) => work.run(signal) });
  core.reports.page = (at) => (at === '/reports/1' ? '<title>report</title>' : undefined);
  shell = await startBrowserShell({ core, pageFolder: folder, port: 0 });
  ({ origin, host } = new URL(shell.address));
});
afterEach(async () => {
  await shell.close();
  await rm(folder, { recursive: true });
});

interface Asked {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request whose path and headers go as they are, which fetch would mend. */
async function ask({ method = 'GET', url = '/', headers = {}, body = '' }: Asked) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    request({
      host: '127.0.0.1',
      port: Number(new URL(origin).port),
      method,
      path: url,
      headers: { ...length, ...headers },
    })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const token = () => new URLSearchParams(new URL(shell.address).hash.slice(1)).get('token') ?? '';
const openSession = (body: string, headers = {}) =>
  ask({ method: 'POST', url: '/session', body, headers: { origin, ...headers } });

async function cookie(): Promise<string> {
  const { headers } = await openSession(token());
  return headers['set-cookie']![0]!.split(';')[0]!;
}

/** Resolves with how a WebSocket came out: its HTTP status when refused, or the open socket. */
function connect(headers: Record<string, string>, url = '/calls'): Promise<WebSocket | number | undefined> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${url}`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      resolve(socket);
    });
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    socket.on('error', () => undefined);
  });
}

async function letIn(): Promise<WebSocket> {
  const socket = await connect({ origin, cookie: await cookie() });
  expect(socket).toBeInstanceOf(WebSocket);
  return socket as WebSocket;
}

const closeCode = (socket: WebSocket) => new Promise((resolve) => socket.on('close', resolve));

describe('the page', () => {
  it('is served with a strict content security policy and its type', async () => {
    const { status, headers, body } = await ask({});
    expect({ status, body }).toEqual({ status: 200, body: '<title>page</title>' });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it.each([
    ['an unknown path', { url: '/nothing' }, 404],
    ['a path that climbs', { url: '/../package.json' }, 404],
    ['a path that climbs in disguise', { url: '/%2e%2e/package.json' }, 404],
    ['an absolute path', { url: '//etc/hostname' }, 404],
    ['another method', { method: 'PUT' }, 405],
    ['another host name', { headers: { host: 'rebound.example' } }, 403],
    ['its own name with another port', { headers: { host: '127.0.0.1:1' } }, 403],
    ['another origin', { headers: { origin: 'http://elsewhere.example' } }, 403],
  ])('is refused to %s', async (_, asked, status) => {
    expect((await ask(asked)).status).toBe(status);
  });
});

describe('the page of a report', () => {
  it('is served to the holder of the cookie, and can run nothing, fetch nothing and be framed by the page alone', async () => {
    const { status, headers, body } = await ask({ url: '/reports/1', headers: { cookie: await cookie() } });
    expect({ status, body }).toEqual({ status: 200, body: '<title>report</title>' });
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const policy = headers['content-security-policy'];
    expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'self'; sandbox(?!.*allow-scripts)/);
  });

  it.each([
    ['no cookie', async () => ({}), 403],
    ['a wrong cookie', async () => ({ cookie: `lvslab-${new URL(origin).port}=wrong` }), 403],
    ['another host name', async () => ({ cookie: await cookie(), host: 'rebound.example' }), 403],
    ['another origin', async () => ({ cookie: await cookie(), origin: 'http://elsewhere.example' }), 403],
  ])('is refused with %s', async (_, headers, status) => {
    expect((await ask({ url: '/reports/1', headers: await headers() })).status).toBe(status);
  });

  it('is not found when it is none', async () => {
    expect((await ask({ url: '/reports/2', headers: { cookie: await cookie() } })).status).toBe(404);
  });
});

describe('the session', () => {
  it('is opened by the token, with a cookie that scripts and other sites cannot use', async () => {
    const { status, headers } = await openSession(token());
    expect(status).toBe(204);
    expect(headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  });

  it('is refused to a token that was used up, unless the cookie comes with it', async () => {
    const held = await cookie();
    expect((await openSession(token())).status).toBe(403);
    expect((await openSession(token(), { cookie: held })).status).toBe(204);
  });

  it.each([
    ['a wrong token', () => openSession('x'.repeat(43)), 403],
    ['no token', () => openSession(''), 403],
    ['another origin', () => openSession(token(), { origin: 'http://elsewhere.example' }), 403],
    ['no origin', () => ask({ method: 'POST', url: '/session', body: token() }), 403],
    ['another host name', () => openSession(token(), { host: 'rebound.example' }), 403],
    ['a body too long', () => openSession('x'.repeat(1000)), 413],
    ['another path', () => ask({ method: 'POST', url: '/other', headers: { origin } }), 404],
  ])('is refused to %s, which leaves the token good', async (_, attempt, status) => {
    expect((await attempt()).status).toBe(status);
    expect((await openSession(token())).status).toBe(204);
  });
});

describe('calls', () => {
  it.each([
    ['no cookie', async () => ({ origin })],
    ['a wrong cookie', async () => ({ origin, cookie: `lvslab-${new URL(origin).port}=wrong` })],
    ['another origin', async () => ({ origin: 'http://elsewhere.example', cookie: await cookie() })],
    ['no origin', async () => ({ cookie: await cookie() })],
    ['another host name', async () => ({ origin, host: 'rebound.example', cookie: await cookie() })],
  ])('are refused with %s', async (_, headers) => {
    expect(await connect(await headers())).toBe(403);
  });

  it('are refused on another path', async () => {
    expect(await connect({ origin, cookie: await cookie() }, '/other')).toBe(403);
  });

  it('are answered to the holder of the cookie', async () => {
    const socket = await letIn();
    const client: AppClient = createORPCClient(new RPCLink({ websocket: socket as never }));
    expect((await client.app.info()).version).toBe('1.2.3');
    const stream = await client.doctor.check();
    expect((await stream.next()).value).toEqual([checkResult('node')]);
    socket.close();
  });

  it.each([
    ['no JSON', 'hello', 1007],
    ['binary data', Buffer.from([1, 2, 255]), 1007],
    ['a message too long', 'x'.repeat(700_000), 1009],
  ])('end at %s, and others go on', async (_, message, code) => {
    const socket = await letIn();
    const closed = closeCode(socket);
    socket.send(message);
    expect(await closed).toBe(code);
    expect((await ask({ headers: { host } })).status).toBe(200);
  });

  it('are ended when the server closes', async () => {
    const socket = await letIn();
    const client: AppClient = createORPCClient(new RPCLink({ websocket: socket as never }));
    const next = (await client.doctor.fix()).next().catch(() => undefined);
    await work.begun;
    await shell.close();
    await Promise.all([work.ended, next]);
  });
});

it('says which port is taken, and what to do', async () => {
  const port = Number(new URL(origin).port);
  await expect(startBrowserShell({ core: fakeCore(), pageFolder: folder, port })).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringContaining(String(port)) as string,
  });
});
