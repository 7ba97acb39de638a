import { describe, expect, it } from 'vitest';
import { readStream } from '../../../src-renderer/lib/read-stream.ts';

describe('readStream', () => {
  it('hands over each array, and returns the result', async () => {
    const read: number[][] = [];
    const result = await readStream(
      (async function* () {
        yield [1, 2];
        yield [3];
        return 'done';
      })(),
      (items) => read.push(items),
    );
    expect({ read, result }).toEqual({ read: [[1, 2], [3]], result: 'done' });
  });

  it('fails as the stream does, after what came before', async () => {
    const read: number[][] = [];
    const reading = readStream(
      (async function* () {
        yield [1];
        throw new Error('broken');
      })(),
      (items) => read.push(items),
    );
    await expect(reading).rejects.toThrow('broken');
    expect(read).toEqual([[1]]);
  });
});
