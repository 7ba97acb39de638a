import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ownerDescriptionSchema, type ControlRequest } from '../../../src-main/contract/lab-control.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { askOwner } from '../../../src-main/lab/control-client.ts';
import { serveControl, type ControlHandler } from '../../../src-main/lab/control-server.ts';
import { untilAborted } from '../../../src-main/process/until-aborted.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const serverModule = path.resolve(import.meta.dirname, '../../../src-main/lab/control-server.ts');
const describeOwner: ControlRequest = { verb: 'describe' };

function follow() {
  const told: Progress[] = [];
  const controller = new AbortController();
  const work = { onProgress: (progress: Progress) => void told.push(progress), signal: controller.signal };
  return { told, controller, work };
}

async function serve(folder: string, handle: ControlHandler) {
  const server = await serveControl(folder, handle);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

/** What the owner answers to lines as they are; the connection is theirs to close. */
async function answersTo(folder: string, lines: string): Promise<unknown[]> {
  const socket = connect(path.join(folder, 'control'));
  socket.write(lines);
  const answers = await text(socket);
  return answers
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** A handler that runs until it is cancelled, and how far it came. */
function patient() {
  const begun = Promise.withResolvers<undefined>();
  const cancelled = Promise.withResolvers<undefined>();
  const handle: ControlHandler = async (_request, { signal }) => {
    begun.resolve(undefined);
    await untilAborted(signal);
    cancelled.resolve(undefined);
    throw new LabError('cancelled', 'Cancelled.', { why: 'as asked' });
  };
  return { handle, begun: begun.promise, cancelled: cancelled.promise };
}

describe('serveControl and askOwner', () => {
  it('carry a request with its arguments, progress and result, each to its own client', async () => {
    const folder = temporaryFolder();
    await serve(folder, async (request, { onProgress }) => {
      onProgress({ node: 'rs1', step: request.verb, title: 'Do it', state: 'done', milliseconds: 1 });
      return request.verb === 'describe' ? undefined : request;
    });
    const [one, two] = [follow(), follow()];
    const stop: ControlRequest = { verb: 'stopNode', node: 'rs1', force: true };
    const results = await Promise.all([
      askOwner(folder, stop, one.work),
      askOwner(folder, describeOwner, two.work),
    ]);
    expect(results).toEqual([stop, undefined]);
    expect(one.told).toEqual([
      { node: 'rs1', step: 'stopNode', title: 'Do it', state: 'done', milliseconds: 1 },
    ]);
    expect(two.told.map(({ step }) => step)).toEqual(['describe']);
  });

  it("reach each other through a folder's path that is too long for a socket, for its user alone", async () => {
    const folder = path.join(temporaryFolder(), 'a'.repeat(120), 'b'.repeat(120));
    mkdirSync(folder, { recursive: true });
    await serve(folder, async () => 'reached');
    expect(await askOwner(folder, describeOwner, follow().work)).toBe('reached');
    expect(statSync(path.join(folder, 'control')).mode & 0o777).toBe(0o600);
  });

  it('carry a failure with all it tells', async () => {
    const folder = temporaryFolder();
    const info = { node: 'rs1', step: 'Boot', why: 'of age', remedy: 'wait' };
    await serve(folder, async () => {
      throw new LabError('no-space', 'It is full.', info);
    });
    const failing = askOwner(folder, describeOwner, follow().work);
    await expect(failing).rejects.toThrow(LabError);
    await expect(failing).rejects.toMatchObject({ code: 'no-space', message: 'It is full.', details: info });
  });

  it('tell of a result that JSON cannot carry', async () => {
    const folder = temporaryFolder();
    await serve(folder, async () => 1n);
    await expect(askOwner(folder, describeOwner, follow().work)).rejects.toMatchObject({ code: 'internal' });
  });

  it('carry a burst of progress in order, with long and odd words in it', async () => {
    const folder = temporaryFolder();
    const detail = `ü€\u2028\u2029\r\n${'x'.repeat(5000)}`;
    await serve(folder, async (_request, { onProgress }) => {
      for (let number = 0; number < 1000; number++)
        onProgress({ step: `${number}`, title: 'Burst', state: 'running', detail });
    });
    const { told, work } = follow();
    await askOwner(folder, describeOwner, work);
    expect(told.map(({ step }) => Number(step))).toEqual(Array.from({ length: 1000 }, (_, number) => number));
    expect(new Set(told.map((progress) => progress.detail))).toEqual(new Set([detail]));
  });

  it('read a request that comes in pieces', async () => {
    const folder = temporaryFolder();
    await serve(folder, async (request) => request);
    const socket = connect(path.join(folder, 'control'));
    const request = Buffer.from('{"verb":"startNode","node":"ü"}\n');
    for (const byte of request) await new Promise((resolve) => socket.write(Buffer.of(byte), resolve));
    expect(JSON.parse(await text(socket))).toEqual({
      kind: 'done',
      result: { verb: 'startNode', node: 'ü' },
    });
  });
});

describe('describe', () => {
  it('is answered with who holds the lab', async () => {
    const folder = temporaryFolder();
    await serve(folder, async () => ({ pid: process.pid, state: 'ready' }));
    const answer = ownerDescriptionSchema.parse(await askOwner(folder, describeOwner, follow().work));
    expect(answer).toEqual({ pid: process.pid, state: 'ready' });
  });
});

describe('cancel', () => {
  it('reaches the owner, whose answer is waited for', async () => {
    const folder = temporaryFolder();
    const { handle, begun } = patient();
    await serve(folder, handle);
    const { controller, work } = follow();
    const asking = askOwner(folder, describeOwner, work);
    await begun;
    controller.abort();
    await expect(asking).rejects.toMatchObject({ code: 'cancelled', details: { why: 'as asked' } });
  });

  it('asks nothing of the owner when it came before', async () => {
    const folder = temporaryFolder();
    let asked = false;
    await serve(folder, async () => {
      asked = true;
    });
    const { controller, work } = follow();
    controller.abort();
    await expect(askOwner(folder, describeOwner, work)).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toBe(false);
  });

  it.each(['destroy', 'end'] as const)('is what a client means that goes away by %s', async (way) => {
    const folder = temporaryFolder();
    const { handle, begun, cancelled } = patient();
    await serve(folder, handle);
    const socket = connect(path.join(folder, 'control'));
    socket.write('{"verb":"reset"}\n');
    await begun;
    socket[way]();
    await cancelled;
    socket.destroy();
  });

  it('is no more than its one line: others after the request change nothing', async () => {
    const folder = temporaryFolder();
    const requests: unknown[] = [];
    await serve(folder, async (request, { signal }) => {
      requests.push(request);
      await untilAborted(signal);
      return 'ended';
    });
    const lines = '{"verb":"reset"}\n{"verb":"suspend"}\nrubbish\n{"cancel":true}\n';
    expect(await answersTo(folder, lines)).toEqual([{ kind: 'done', result: 'ended' }]);
    expect(requests).toEqual([{ verb: 'reset' }]);
  });
});

describe('a malformed request', () => {
  it.each([
    'rubbish',
    '{"verb":"explode"}',
    '{"verb":"stopNode"}',
    '{"verb":"reset","hard":1}',
    '{"cancel":true}',
    '',
  ])('is refused and changes nothing: %s', async (line) => {
    const folder = temporaryFolder();
    let asked = false;
    await serve(folder, async () => {
      asked = true;
    });
    expect(await answersTo(folder, `${line}\n`)).toMatchObject([
      { kind: 'failed', error: { code: 'bad-input', why: expect.any(String) as string } },
    ]);
    expect(asked).toBe(false);
  });
});

describe('an owner that is not there', () => {
  it('is told as such, with and without a folder', async () => {
    const folder = temporaryFolder();
    for (const place of [folder, path.join(folder, 'none')]) {
      await expect(askOwner(place, describeOwner, follow().work)).rejects.toMatchObject({
        code: 'command-failed',
        message: expect.stringContaining('No process runs this lab') as string,
      });
    }
  });

  it('is told when it is killed in the middle, and the next takes the place of what it left', async () => {
    const folder = temporaryFolder();
    const script = `const { serveControl } = await import(${JSON.stringify(serverModule)});
      await serveControl(${JSON.stringify(folder)}, (request, { onProgress }) => {
        onProgress({ step: 'stuck', title: 'Be stuck', state: 'running' });
        return new Promise(() => {});
      });
      console.log('listens');`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      owner.kill('SIGKILL');
    });
    await once(owner.stdout, 'data');
    const { signal } = new AbortController();
    const onProgress = () => void owner.kill('SIGKILL');
    await expect(askOwner(folder, describeOwner, { onProgress, signal })).rejects.toMatchObject({
      code: 'command-failed',
      message: expect.stringContaining('ended before it answered') as string,
    });
    expect(readdirSync(folder)).toEqual(['control']);
    await serve(folder, async () => 'the next');
    expect(await askOwner(folder, describeOwner, follow().work)).toBe('the next');
  });
});

describe('disposal', () => {
  it('cancels what is under way, waits for it, lets its answer through and removes the socket', async () => {
    const folder = temporaryFolder();
    const { handle, begun } = patient();
    const server = await serveControl(folder, handle);
    const asking = askOwner(folder, describeOwner, follow().work);
    const failing = expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    const idle = connect(path.join(folder, 'control'));
    await Promise.all([begun, once(idle, 'connect')]);
    await server[Symbol.asyncDispose]();
    await failing;
    expect(readdirSync(folder)).toEqual([]);
    if (!idle.closed) await once(idle, 'close');
  });

  it('waits for a request whose client has gone', async () => {
    const folder = temporaryFolder();
    let ended = false;
    const letEnd = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const server = await serveControl(folder, async (_request, { signal }) => {
      begun.resolve(undefined);
      await untilAborted(signal);
      await letEnd.promise;
      ended = true;
    });
    const socket = connect(path.join(folder, 'control'));
    socket.write('{"verb":"reset"}\n');
    await begun.promise;
    socket.destroy();
    await once(socket, 'close');
    const disposed = server[Symbol.asyncDispose]().then(() => ended);
    letEnd.resolve(undefined);
    expect(await disposed).toBe(true);
  });

  it('is not held up by a client that reads nothing', async () => {
    const folder = temporaryFolder();
    const told = Promise.withResolvers<undefined>();
    const server = await serveControl(folder, async (_request, { onProgress }) => {
      const detail = 'x'.repeat(1_000_000);
      onProgress({ step: 'much', title: 'Tell much', state: 'running', detail });
      told.resolve(undefined);
    });
    const socket = connect(path.join(folder, 'control'));
    socket.write('{"verb":"reset"}\n');
    await told.promise;
    await server[Symbol.asyncDispose]();
    expect(readdirSync(folder)).toEqual([]);
    socket.destroy();
  });

  it('give up an owner that takes the question and then answers nothing at all', async () => {
    const folder = temporaryFolder();
    // A process that a signal has stopped: the kernel takes its connections.
    const mute = createServer();
    mute.listen(path.join(folder, 'control'));
    await once(mute, 'listening');
    onTestFinished(() => void mute.close());
    const patience = { silentMs: 50, describeMs: 200 };
    await expect(askOwner(folder, { verb: 'drift' }, follow().work, patience)).rejects.toMatchObject({
      code: 'command-failed',
      message: 'The process that runs the lab does not answer.',
    });
  });

  it('wait for an owner that is busy for long, and answers when it is asked', async () => {
    const folder = temporaryFolder();
    const { promise: enough, resolve } = Promise.withResolvers<undefined>();
    let asked = 0;
    await serve(folder, async ({ verb }) => {
      if (verb !== 'describe') return enough.then(() => 'at last');
      if (++asked === 3) resolve(undefined);
      return 'here';
    });
    const patience = { silentMs: 50, describeMs: 20_000 };
    expect(await askOwner(folder, { verb: 'drift' }, follow().work, patience)).toBe('at last');
  });
});
