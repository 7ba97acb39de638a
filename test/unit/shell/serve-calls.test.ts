import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppClient } from '../../../src-main/contract/app-contract.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { AppCore } from '../../../src-main/shell/core.ts';
import { createCallServer } from '../../../src-main/shell/serve-calls.ts';
import { checkResult, endless, fakeCore } from './fake-core.ts';

const open: MessagePort[] = [];
afterEach(() => {
  open.splice(0).forEach((port) => {
    port.close();
  });
});

/** A client and the server it talks to, as in Electron: a message port between them. */
function connect(core: AppCore) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  let refused = false;
  createCallServer(core)({
    send: (data) => {
      port2.postMessage(data);
    },
    onMessage: (listener) => {
      port2.on('message', listener);
    },
    onClose: (listener) => {
      port2.on('close', listener);
    },
    refuse: () => {
      refused = true;
      port2.close();
    },
  });
  port1.start();
  const client: AppClient = createORPCClient(new RPCLink({ port: port1 as never }));
  return { client, port: port1, wasRefused: () => refused };
}

describe('calls', () => {
  it('are answered by the core', async () => {
    const { client } = connect(fakeCore());
    expect(await client.app.info()).toMatchObject({ version: '1.2.3', dataFolder: '/data' });
  });

  it('stream arrays and end with the result', async () => {
    const stream = await connect(fakeCore()).client.doctor.check();
    expect(await stream.next()).toEqual({ done: false, value: [checkResult('node')] });
    expect(await stream.next()).toEqual({
      done: true,
      value: { ready: true, checks: [checkResult('node')] },
    });
  });

  it('fail with what the core said, before a stream begins and within it', async () => {
    const failure = new LabError('libvirt-away', 'libvirt does not answer.', {
      why: 'no socket',
      remedy: 'start it',
    });
    const { client } = connect(
      fakeCore({
        info: () => {
          throw failure;
        },
        checkDoctor: async (onResult) => {
          onResult(checkResult('node'));
          throw failure;
        },
      }),
    );
    const info = await safe(client.app.info());
    expect(isDefinedError(info.error) && info.error.data).toEqual(failure.toInfo());
    const stream = await client.doctor.check();
    await stream.next();
    await expect(stream.next()).rejects.toMatchObject({ defined: true, data: failure.toInfo() });
  });

  it('hide no unexpected error behind a bare "internal server error"', async () => {
    const { client } = connect(fakeCore({ fixDoctor: () => Promise.reject(new Error('no such thing')) }));
    const stream = await client.doctor.fix();
    await expect(stream.next()).rejects.toMatchObject({ data: { code: 'internal', why: 'no such thing' } });
  });

  it.each([
    ['an unknown call', (client: AppClient) => call(client, 'labs', 'explode'), 'not-found'],
    ['a name from Object.prototype', (client: AppClient) => call(client, 'constructor'), 'not-found'],
    ['an input it does not take', (client: AppClient) => call(client, 'app', 'info', { x: 1 }), 'bad-input'],
  ])('refuse %s with a code', async (_, make, code) => {
    const { client } = connect(fakeCore());
    await expect(make(client)).rejects.toMatchObject({ code: 'LAB_ERROR', data: { code } });
  });

  it('refuse an input that cannot be read with a code', async () => {
    const { port } = connect(fakeCore());
    const answer = new Promise((resolve) => {
      port.on('message', resolve);
    });
    port.postMessage(
      JSON.stringify({ i: 'x', p: { u: '/app/info', b: { json: 1, meta: [[1, 'a', 'b']] } } }),
    );
    expect(await answer).toContain('"bad-input"');
  });

  it.each(['hello', 'null', '{"i":"1","p":{}}', 5, null, { i: '1' }])(
    'end at the message %j',
    async (message) => {
      const { port, wasRefused } = connect(fakeCore());
      const closed = new Promise((resolve) => {
        port.on('close', resolve);
      });
      port.postMessage(message);
      await closed;
      expect(wasRefused()).toBe(true);
    },
  );

  it("reach the core with the client's abort", async () => {
    const work = endless();
    const { client } = connect(fakeCore({ checkDoctor: (_, signal) => work.run(signal) }));
    const abort = new AbortController();
    const stream = await client.doctor.check(undefined, { signal: abort.signal });
    const next = stream.next();
    await work.begun;
    abort.abort();
    await expect(next).rejects.toThrow();
    await work.ended;
  });

  it('end with the connection', async () => {
    const work = endless();
    const { client, port } = connect(fakeCore({ fixDoctor: (_, signal) => work.run(signal) }));
    const next = (await client.doctor.fix()).next().catch(() => undefined);
    await work.begun;
    port.close();
    await work.ended;
    await next;
  });
});

/** A call that the types would not let through. */
function call(client: unknown, ...path: unknown[]): Promise<unknown> {
  const input = typeof path.at(-1) === 'object' ? path.pop() : undefined;
  const target = path.reduce<unknown>(
    (inner, name) => (inner as Record<string, unknown>)[name as string],
    client,
  );
  return (target as (input: unknown) => Promise<unknown>)(input);
}
