import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Algorithm } from '../catalogue/checksum.ts';

interface DigestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onFraction?: (fraction: number) => void;
}

/** A file's checksum. @throws the signal's reason */
export async function digestOf(
  file: string,
  algorithm: Algorithm,
  options: DigestOptions = {},
): Promise<string> {
  return (await digestsOf(file, [algorithm], options)).get(algorithm) ?? '';
}

/** A file's checksums by several hashes, read once. @throws the signal's reason */
export async function digestsOf(
  file: string,
  algorithms: readonly Algorithm[],
  { signal, onFraction }: DigestOptions = {},
): Promise<ReadonlyMap<Algorithm, string>> {
  const { size } = await stat(file);
  const hashes = [...new Set(algorithms)].map((algorithm) => [algorithm, createHash(algorithm)] as const);
  let bytes = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    for (const [, hash] of hashes) hash.update(piece);
    bytes += piece.length;
    onFraction?.(Math.min(1, bytes / size));
  }
  return new Map(hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')]));
}
