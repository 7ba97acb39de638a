const chunkBytes = 1024 * 1024;

/** Memory that blocks are put together in, as bytes and as numbers. */
export interface Chunk {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** Blocks in one piece, to be written. */
export interface Piece {
  readonly bytes: Buffer;
  /** Where it goes: behind all pieces taken before. */
  readonly position: number;
  readonly chunk: Chunk;
}

/** Blocks in the order they came, in chunks that are used again and again. */
export interface ChunkQueue {
  /** Adds a block that `fill` writes, where it is told to. It may be as long as a chunk (1 MiB). */
  add(length: number, fill: (chunk: Chunk, at: number) => void): void;
  /** How many full chunks wait. */
  full(): number;
  /** Takes the oldest chunk, however little is in it. */
  take(): Piece | undefined;
  /** Gives back a piece that is written. */
  giveBack(piece: Piece): void;
}

export function createChunkQueue(): ChunkQueue {
  const waiting: { chunk: Chunk; used: number }[] = [];
  const spare: Chunk[] = [];
  let filling = createChunk();
  let used = 0;
  let taken = 0;

  function queueFilled(): void {
    waiting.push({ chunk: filling, used });
    filling = spare.pop() ?? createChunk();
    used = 0;
  }

  return {
    add(length, fill) {
      if (used + length > chunkBytes) queueFilled();
      fill(filling, used);
      used += length;
    },
    full: () => waiting.length,
    take() {
      if (waiting.length === 0 && used > 0) queueFilled();
      const first = waiting.shift();
      if (!first) return undefined;
      const position = taken;
      taken += first.used;
      return { bytes: first.chunk.bytes.subarray(0, first.used), position, chunk: first.chunk };
    },
    giveBack: ({ chunk }) => spare.push(chunk),
  };
}

function createChunk(): Chunk {
  const bytes = Buffer.allocUnsafe(chunkBytes);
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}
