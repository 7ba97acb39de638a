import { readStream } from './read-stream.ts';

/** Reads a stream of base64 pieces to its end: their bytes, and the result that it ends with. */
export async function readBytes<R>(
  stream: AsyncIterator<string[], R>,
): Promise<{ pieces: BlobPart[]; result: R }> {
  const pieces: BlobPart[] = [];
  const result = await readStream(stream, (items) => {
    for (const item of items) pieces.push(Uint8Array.from(atob(item), (byte) => byte.charCodeAt(0)));
  });
  return { pieces, result };
}
