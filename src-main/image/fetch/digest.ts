import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Checksum } from '../catalogue/checksums.ts';

/** A file's checksum. @throws the signal's reason */
export async function digestOf(
  file: string,
  algorithm: Checksum['algorithm'],
  { signal, onFraction }: { signal?: AbortSignal | undefined; onFraction?: (fraction: number) => void } = {},
): Promise<string> {
  const { size } = await stat(file);
  const hash = createHash(algorithm);
  let bytes = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    hash.update(piece);
    bytes += piece.length;
    onFraction?.(Math.min(1, bytes / size));
  }
  return hash.digest('hex');
}
