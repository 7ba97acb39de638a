import { describe, expect, it } from 'vitest';
import { inBatches } from '../../../src-main/shell/batches.ts';
import { endless } from './fake-core.ts';

async function collect<T, R>(stream: AsyncGenerator<T[], R, void>) {
  const batches: T[][] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { batches, result: next.value };
    batches.push(next.value);
  }
}

describe('inBatches', () => {
  it('hands over what is told together as one array, in order, and then the result', async () => {
    const stream = inBatches<number, string>(async (onItem) => {
      [1, 2, 3].forEach(onItem);
      return 'done';
    });
    expect(await collect(stream)).toEqual({ batches: [[1, 2, 3]], result: 'done' });
  });

  it('yields what came before the work goes on', async () => {
    const more = Promise.withResolvers<undefined>();
    const stream = inBatches<number, string>(async (onItem) => {
      onItem(1);
      await more.promise;
      onItem(2);
      return 'done';
    });
    expect((await stream.next()).value).toEqual([1]);
    more.resolve(undefined);
    expect((await stream.next()).value).toEqual([2]);
    expect(await stream.next()).toEqual({ done: true, value: 'done' });
  });

  it('tells everything that came before a failure, and then fails', async () => {
    const stream = inBatches<number, string>(async (onItem) => {
      onItem(1);
      throw new Error('broken');
    });
    expect((await stream.next()).value).toEqual([1]);
    await expect(stream.next()).rejects.toThrow('broken');
  });

  it('keeps the newest items for a reader that is slow', async () => {
    const stream = inBatches<number, string>(async (onItem) => {
      for (let item = 0; item < 5000; item++) onItem(item);
      return 'done';
    });
    const { batches } = await collect(stream);
    expect(batches.flat()).toHaveLength(1000);
    expect(batches.flat().at(-1)).toBe(4999);
  });

  it('ends the work when the signal fires', async () => {
    const work = endless();
    const abort = new AbortController();
    const next = inBatches((_, signal) => work.run(signal), abort.signal).next();
    abort.abort();
    await expect(next).rejects.toThrow();
    await work.ended;
  });

  it('ends the work when the reader goes away', async () => {
    const work = endless();
    const stream = inBatches<number, never>(async (onItem, signal) => {
      onItem(1);
      return work.run(signal);
    });
    await stream.next();
    await stream.return(undefined as never);
    await work.ended;
  });
});
