import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askOwner } from '../../../src-main/lab/control-client.ts';
import { serveControl, type ControlHandler } from '../../../src-main/lab/control-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function served(handle: ControlHandler): Promise<string> {
  const folder = temporaryFolder();
  const server = await serveControl(folder, handle);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return folder;
}

describe('events', () => {
  it('come in order with progress, before the answer', async () => {
    const folder = await served(async (_request, { onEvent }) => {
      for (let number = 0; number < 100; number++) onEvent?.({ number });
      return 'done';
    });
    const events: unknown[] = [];
    const { signal } = new AbortController();
    const onEvent = (event: unknown) => void events.push(event);
    const work = { onProgress: () => undefined, onEvent, signal };
    expect(await askOwner(folder, { verb: 'describe' }, work)).toBe('done');
    expect(events).toEqual(Array.from({ length: 100 }, (_, number) => ({ number })));
  });

  it('are dropped for a client that does not read; progress and the answer are not', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const told = Promise.withResolvers<undefined>();
    const folder = await served(async (_request, { onEvent, onProgress }) => {
      for (let number = 0; number < 40; number++) onEvent?.(megabyte);
      for (let number = 0; number < 20; number++)
        onProgress({ step: `${number}`, title: 'Go on', state: 'running' });
      told.resolve(undefined);
      return 'done';
    });
    const socket = connect(path.join(folder, 'control'));
    socket.write('{"verb":"describe"}\n');
    await told.promise;
    const kinds = (await text(socket))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    const count = (kind: string) => kinds.filter((each) => each === kind).length;
    expect(count('event')).toBeGreaterThan(7);
    expect(count('event')).toBeLessThan(12);
    expect(count('progress')).toBe(20);
    expect(kinds.at(-1)).toBe('done');
  });
});
