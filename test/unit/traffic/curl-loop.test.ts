import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { Sample } from '../../../src-main/traffic/sample.ts';
import { startCurlLoop, type CurlLoopOptions } from '../../../src-main/traffic/curl-loop.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A client VM that is this machine's /bin/sh: the same command line, the same curl. */
const session: CurlLoopOptions['session'] = {
  stream: (command, { onStdout, onStderr, signal, input = '' } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn('/bin/sh', ['-c', command], { detached: true, stdio: 'pipe' });
      void Promise.resolve(input).then(
        (text) => child.stdin.end(text),
        () => child.stdin.end(),
      );
      child.stdout.on('data', (piece: Buffer) => onStdout?.(piece));
      child.stderr.on('data', (piece: Buffer) => onStderr?.(piece));
      signal?.addEventListener('abort', () => process.kill(-(child.pid ?? 0), 'SIGTERM'));
      child.on('close', (code) => {
        if (signal?.aborted) reject(new LabError('cancelled', 'cancelled'));
        else resolve({ exitCode: code ?? 143 });
      });
    }),
};

/** Longer than a loop takes to its first request: another one goes from its start to its end. */
async function curlHasRun(): Promise<void> {
  const { service } = await alternating();
  await startCurlLoop({ session, service, requests: 20 });
}

async function listen(server: Server): Promise<{ vip: string; port: number }> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { vip: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

/** A web server that names itself rs1 and rs2 by turns of connections, as a director with rr would have it. */
async function alternating(body = (name: string) => `${name}\n`) {
  let [connections, requests] = [0, 0];
  const listener: RequestListener = (request, response) => {
    requests += 1;
    response.end(body((request.socket as { name?: string }).name ?? '?'));
  };
  const server = createServer(listener).on('connection', (socket: { name?: string }) => {
    socket.name = `rs${(connections++ % 2) + 1}`;
  });
  const service = await listen(server);
  return { service, connections: () => connections, requests: () => requests };
}

/** As if frames had shown who answered: here the pages name their servers. */
const attribute = async (samples: readonly Sample[]): Promise<Sample[]> =>
  samples.map((sample) => ({ ...sample, server: sample.page?.split(' ')[0] ?? null }));

describe('startCurlLoop with real curl', () => {
  it('sends one connection a request and sees the alternation', async () => {
    const { service, connections } = await alternating();
    const samples: Sample[] = [];
    const result = await startCurlLoop({
      session,
      service,
      attribute,
      requests: 100,
      onSamples: (some) => samples.push(...some),
    });
    expect(connections()).toBe(100);
    expect(result).toMatchObject({
      requests: 100,
      failed: 0,
      unattributed: 0,
      byServer: { rs1: 50, rs2: 50 },
    });
    expect(samples.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    // One after the other: a piece of output that tells of many of them does not have them end at once.
    const sent = samples.reduce((sum, { totalMs }) => sum + totalMs, 0);
    expect(result.spanMs).toBeGreaterThanOrEqual(sent - 0.001);
    const ports = new Set(samples.map(({ sourcePort }) => sourcePort));
    expect(ports.size).toBe(100);
    expect(samples.every(({ connectMs, totalMs }) => connectMs !== null && connectMs <= totalMs)).toBe(true);
  });

  it('sends nothing before it knows what to hold the run against', async () => {
    const { service, requests } = await alternating();
    const known = Promise.withResolvers<undefined>();
    const ready = known.promise;
    const loop = startCurlLoop({ session, service, ready, attribute, requests: 6, concurrency: 3 });
    await curlHasRun();
    expect(requests()).toBe(0);
    known.resolve(undefined);
    const result = await loop;
    expect(result).toMatchObject({ requests: 6, unattributed: 0, byServer: { rs1: 3, rs2: 3 } });
    expect(result.spanMs).toBeGreaterThan(0);
  });

  it('sends nothing when that cannot be had, and tells why', async () => {
    const { service, requests } = await alternating();
    const gone = Promise.reject(new LabError('guest-command-failed', 'The director has no service.'));
    await expect(startCurlLoop({ session, service, ready: gone, requests: 6 })).rejects.toThrow(
      'The director has no service.',
    );
    expect(requests()).toBe(0);
  });

  it.each([
    ['without a newline', (name: string) => name],
    ['of several blocks', (name: string) => `${name}\n${'filler '.repeat(5000)}\n`],
  ])('tells the servers apart with eight at once and a page %s', async (_what, body) => {
    const { service, requests } = await alternating(body);
    const result = await startCurlLoop({ session, service, attribute, requests: 203, concurrency: 8 });
    expect(requests()).toBe(203);
    expect(result).toMatchObject({
      requests: 203,
      unattributed: 0,
      byServer: { rs1: 102, rs2: 101 },
      concurrency: 8,
    });
  });

  it('starts no more processes than there are requests', async () => {
    const { service } = await alternating();
    const result = await startCurlLoop({ session, service, requests: 3, concurrency: 64 });
    expect(result).toMatchObject({ requests: 3, concurrency: 3 });
  });

  it('never exceeds the rate, shared over the processes', async () => {
    const { service } = await alternating();
    const result = await startCurlLoop({
      ...{ session, service, attribute, requests: 12, concurrency: 2, ratePerSecond: 40 },
    });
    expect(result).toMatchObject({
      requests: 12,
      unattributed: 0,
      byServer: { rs1: 6, rs2: 6 },
      concurrency: 2,
    });
    // Five waits of 50 ms in each process; a machine under load only makes it slower.
    expect(result.spanMs).toBeGreaterThanOrEqual(250);
  });

  it.each([1, 3])('sends from several addresses by turns, %i at once', async (concurrency) => {
    const { service } = await alternating();
    const sources = ['127.0.0.2', '127.0.0.3'];
    const samples: Sample[] = [];
    const result = await startCurlLoop({
      session,
      service,
      sources,
      requests: 41,
      concurrency,
      attribute,
      onSamples: (some) => samples.push(...some),
    });
    expect(result).toMatchObject({
      requests: 41,
      failed: 0,
      unattributed: 0,
      byServer: { rs1: 21, rs2: 20 },
    });
    expect(result.bySource['127.0.0.2']?.requests).toBe(21);
    expect(result.bySource['127.0.0.3']?.requests).toBe(20);
    samples.sort((a, b) => a.number - b.number);
    expect(samples.map(({ number }) => number)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1));
    const ends = samples.slice(0, 8).map(({ sourceAddress }) => sourceAddress?.at(-1));
    expect(ends.join('')).toBe('23322332');
    // Alternation in step with two addresses would have each meet one server alone.
    if (concurrency === 1) expect(Object.keys(result.bySource['127.0.0.2']?.byServer ?? {})).toHaveLength(2);
  });

  it('keeps to the rate with several addresses, and names the address of a failed request', async () => {
    const { service } = await alternating();
    const sources = ['127.0.0.2', '127.0.0.3'];
    const limited = await startCurlLoop({
      session,
      service,
      sources,
      requests: 6,
      concurrency: 2,
      ratePerSecond: 40,
      attribute,
    });
    expect(limited).toMatchObject({ requests: 6, unattributed: 0, concurrency: 2 });
    servers.splice(0).forEach((server) => server.close());
    const refused = await startCurlLoop({ session, service, sources: ['127.0.0.4'], requests: 2 });
    expect(refused.bySource).toEqual({ '127.0.0.4': { requests: 2, failed: 2, byServer: {} } });
  });

  it('counts failures by their kind', async () => {
    const errors = await listen(
      createServer((_request, response) => {
        response.writeHead(503).end('rs1\n');
      }),
    );
    expect(await startCurlLoop({ session, service: errors, requests: 2 })).toMatchObject({
      failed: 2,
      failures: { 'http-503': 2 },
      byServer: {},
    });
    const reset = await listen(
      createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
    );
    expect(await startCurlLoop({ session, service: reset, requests: 2 })).toMatchObject({
      failures: { reset: 2 },
    });
    const silent = await listen(createTcpServer((socket) => socket.on('error', () => undefined).resume()));
    const slow = await startCurlLoop({ session, service: silent, requests: 2, timeoutSeconds: 0.2 });
    expect(slow).toMatchObject({ failures: { timeout: 2 }, latencyMs: { p50: null, of: 0 } });
  });

  it('counts a refused connection', async () => {
    const service = await listen(createTcpServer());
    servers.splice(0).forEach((server) => server.close());
    const result = await startCurlLoop({ session, service, requests: 3 });
    expect(result).toMatchObject({ failures: { refused: 3 }, sequence: [null, null, null] });
  });

  it('is cancelled with its curl processes', async () => {
    const { service, requests } = await alternating();
    const controller = new AbortController();
    const loop = startCurlLoop({
      session,
      service,
      requests: 1_000_000,
      concurrency: 4,
      signal: controller.signal,
      onSamples: () => {
        controller.abort();
      },
    });
    await expect(loop).rejects.toMatchObject({ code: 'cancelled' });
    expect(requests()).toBeLessThan(100_000);
  });

  it('says so when the loop cannot run in the client', async () => {
    const bare: CurlLoopOptions['session'] = {
      stream: (_command, { onStderr } = {}) => {
        onStderr?.(Buffer.from('sh: 1: stdbuf: not found\n'));
        return Promise.resolve({ exitCode: 127 });
      },
    };
    const service = { vip: '127.0.0.1', port: 80 };
    await expect(startCurlLoop({ session: bare, service, requests: 5 })).rejects.toMatchObject({
      code: 'guest-command-failed',
      message: 'The curl loop ended after 0 of 5 requests.',
      details: { why: 'sh: 1: stdbuf: not found' },
    });
  });

  it.each([
    ['with its only piece of output', [[1, 10, '=']]],
    ['after it', [[1, 10], ['=']]],
    [
      'with its second piece',
      [
        [1, 5],
        [6, 10, '='],
      ],
    ],
    ['after its second piece', [[1, 5], [6, 10], ['=']]],
  ] as const)('has a short load take as long as the client tells %s', async (_what, pieces) => {
    const client: CurlLoopOptions['session'] = {
      stream: (command, { onStdout } = {}) => {
        const marker = /~[0-9a-f]{16}/.exec(command)?.[0] ?? '';
        const record = (number: number) =>
          `${marker}|1|0|200|40000|0.001|0.005|10.1.0.2|http://10.0.0.1:80/?${number}|\n`;
        for (const piece of pieces) {
          const [first = 0, last = -1] = piece.filter((part) => typeof part === 'number');
          const records = Array.from({ length: last - first + 1 }, (_, at) => record(first + at));
          const end = piece.some((part) => part === '=') ? `${marker}=86000000\n` : '';
          onStdout?.(Buffer.from(records.join('') + end));
        }
        return Promise.resolve({ exitCode: 0 });
      },
    };
    const service = { vip: '10.0.0.1', port: 80 };
    const { spanMs, ratePerSecond } = await startCurlLoop({ session: client, service, requests: 10 });
    expect(spanMs).toBeCloseTo(86, 6);
    expect(ratePerSecond).toBeCloseTo(116.28, 2);
  });

  it.each([
    ['requests', { requests: 0 }],
    ['requests', { requests: 1_000_001 }],
    ['concurrency', { requests: 1, concurrency: 65 }],
    ['ratePerSecond', { requests: 1, ratePerSecond: 0 }],
    ['vip', { requests: 1, service: { vip: "10.0.0.1'; reboot #", port: 80 } }],
    ['port', { requests: 1, service: { vip: '10.0.0.1', port: 0 } }],
    ['sources', { requests: 1, sources: [] }],
    ['sources', { requests: 1, sources: ['10.0.0.1"; reboot'] }],
    ['requests', { requests: 10_001, sources: ['10.0.0.1'] }],
  ])('refuses %s out of bounds: %j', async (name, options) => {
    const service = { vip: '127.0.0.1', port: 80 };
    await expect(startCurlLoop({ session, service, ...options })).rejects.toMatchObject({
      code: 'bad-input',
      details: { why: expect.stringContaining(name) as string },
    });
  });
});
