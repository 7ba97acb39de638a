import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePortMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { errorInfoSchema } from '../../../src-main/contract/lab-error.ts';
import { startBrowserShell } from '../../../src-main/shell/browser/server.ts';
import type { AppCore } from '../../../src-main/shell/core.ts';
import { portChannel } from '../../../src-main/shell/electron/port-channel.ts';
import { createCallServer } from '../../../src-main/shell/serve-calls.ts';
import { fakeCore } from './fake-core.ts';
import { malformedMessages, type Malformed } from './fuzz-messages.ts';

const messages = 10_000;
/** Connections at once. */
const clients = 8;
/** Growth of the heap, in bytes, that is no leak: one of 400 bytes a message is. */
const allowedGrowth = 3 * 2 ** 20;
const info = JSON.stringify({ i: 'info', p: { u: '/app/info', b: {} } });

/** One end of a transport, as an attacker has it. */
interface Attacker {
  send(data: unknown): void;
  /** The next message that comes. */
  next(): Promise<unknown>;
  readonly closed: Promise<'closed'>;
  close(): void;
}

const refused = { defined: true, code: 'LAB_ERROR' };

interface Transport {
  readonly connect: () => Promise<Attacker>;
  readonly end: () => Promise<void>;
}

/** A core that counts what is asked of it. */
function countingCore(): { core: AppCore; calls: string[] } {
  const calls: string[] = [];
  const count = (part: object, place: string): unknown =>
    Object.fromEntries(
      Object.entries(part).map(([name, value]: [string, unknown]) => {
        const whole = `${place}.${name}`;
        if (typeof value !== 'function') return [name, count(value as object, whole)];
        const counted = (...args: unknown[]) => {
          calls.push(whole);
          return (value as (...args: unknown[]) => unknown)(...args);
        };
        return [name, counted];
      }),
    );
  return { core: count(fakeCore(), 'core') as AppCore, calls };
}

/** Electron's port channel over Node's ports, which differ only in how a message is handed over. */
async function overPorts(core: AppCore): Promise<Transport> {
  const serve = createCallServer(core);
  const connect = async (): Promise<Attacker> => {
    const { port1, port2 } = new MessageChannel();
    const asElectrons = {
      postMessage: (data: unknown) => {
        port2.postMessage(data);
      },
      on: (event: string, listener: (it: unknown) => void) => {
        port2.on(event, (data: unknown) => {
          listener({ data });
        });
      },
      start: () => {
        port2.start();
      },
      close: () => {
        port2.close();
      },
    };
    serve(portChannel(asElectrons as unknown as MessagePortMain));
    return {
      send: (data) => {
        port1.postMessage(data);
      },
      next: async () => JSON.parse(String((await once(port1, 'message'))[0])) as unknown,
      closed: once(port1, 'close').then(() => 'closed'),
      close: () => {
        port1.close();
      },
    };
  };
  return { connect, end: async () => undefined };
}

/** The browser shell's server, with real sockets, to a browser that was let in. */
async function overSockets(core: AppCore): Promise<Transport> {
  const pageFolder = await mkdtemp(path.join(tmpdir(), 'lvslab-fuzz-'));
  await writeFile(path.join(pageFolder, 'index.html'), '');
  const shell = await startBrowserShell({ core, pageFolder, port: 0 });
  const { origin, hash, host } = new URL(shell.address);
  const body = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const session = await fetch(`${origin}/session`, { method: 'POST', body, headers: { origin } });
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const connect = async (): Promise<Attacker> => {
    const socket = new WebSocket(`ws://${host}/calls`, { headers: { origin, cookie } });
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.on('open', resolve));
    return {
      send: (data) => {
        socket.send(data as string);
      },
      next: async () => JSON.parse(String((await once(socket, 'message'))[0])) as unknown,
      closed: new Promise((resolve) => {
        socket.on('close', () => {
          resolve('closed');
        });
      }),
      close: () => {
        socket.close();
      },
    };
  };
  return {
    connect,
    end: async () => {
      await shell.close();
      await rm(pageFolder, { recursive: true });
    },
  };
}

/** What comes back for a message: the next answer, `closed`, or neither within a time that is ample anywhere. */
async function exchange(attacker: Attacker, data: unknown): Promise<unknown> {
  const waiting = new AbortController();
  const silence = delay(10_000, 'silence', { signal: waiting.signal }).catch(() => undefined);
  attacker.send(data);
  const answer = await Promise.race([attacker.next(), attacker.closed, silence]);
  waiting.abort();
  return answer;
}

/** Sends messages, and sees to it that each gets what it deserves. */
async function attack(transport: Transport, nextMessage: () => Malformed | undefined): Promise<void> {
  let attacker = await transport.connect();
  let sent = 0;
  for (let message = nextMessage(); message; message = nextMessage()) {
    const what = String(message.data).slice(0, 300);
    const answer = await exchange(attacker, message.data);
    if (message.deserves === 'refusal') expect(answer, what).toBe('closed');
    else {
      expect(answer, what).toMatchObject({ i: message.deserves.answer, p: { b: { json: refused } } });
      const { data } = (answer as { p: { b: { json: { data: unknown } } } }).p.b.json;
      expect(errorInfoSchema.parse(data).code, what).toMatch(/^(bad-input|not-found)$/);
    }
    // Who was refused is let in again.
    if (answer === 'closed' || ++sent % 50 === 0) {
      attacker.close();
      attacker = await transport.connect();
    }
  }
  attacker.close();
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe.each([
  ['the WebSocket of the browser shell', overSockets, 20_261],
  ["the port of Electron's shell", overPorts, 20_262],
])('%s, sent 10,000 malformed messages', (_, open, seed) => {
  it(
    'refuses each with a code or by its end, has nothing done, and goes on',
    { timeout: 60_000 },
    async () => {
      const { core, calls } = countingCore();
      const transport = await open(core);
      const source = malformedMessages(seed);
      const send = async (count: number) => {
        let left = count;
        const next = () => (left-- > 0 ? source.next().value : undefined);
        await Promise.all(Array.from({ length: clients }, () => attack(transport, next)));
      };
      await send(messages / 5);
      const before = heapUsed();
      await send((messages * 4) / 5);
      expect(heapUsed() - before).toBeLessThan(allowedGrowth);
      expect(calls).toEqual([]);
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect('polluted' in {}).toBe(false);

      const client = await transport.connect();
      expect(await exchange(client, info)).toMatchObject({
        p: { b: { json: { version: '1.2.3' } } },
      });
      expect(calls).toEqual(['core.info']);
      client.close();
      await transport.end();
    },
  );
});
