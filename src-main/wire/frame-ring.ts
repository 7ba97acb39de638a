/** How much the frame record keeps: the newest frames within both bounds. */
export interface RingLimits {
  readonly bytes: number;
  readonly frames: number;
}

/** Frames of the record in the form that crosses between threads: one copy, a few typed arrays. */
export interface PackedFrames {
  /** The sequence number of the first frame; the others follow it without a gap. */
  readonly first: number;
  /** Frames between the asked-for one and `first`, which newer ones had overwritten. */
  readonly lost: number;
  readonly times: Float64Array<ArrayBuffer>;
  readonly ports: Uint16Array<ArrayBuffer>;
  readonly segments: Uint16Array<ArrayBuffer>;
  /** 1 for a frame that went no further. */
  readonly dropped: Uint8Array<ArrayBuffer>;
  /** Where each frame ends in `data`; it begins where the one before ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** The newest frames of all ports in a fixed piece of memory. */
export interface FrameRing {
  append(frame: FrameMark, memory: Buffer, offset: number, length: number): void;
  /** The kept frames from a sequence number on, as many as fit in `bytes` (at least one, when there is one). */
  read(from: number, bytes: number): PackedFrames;
  state(): { frames: number; bytes: number; overwritten: number };
}

/** What is kept of a frame beside its bytes. */
export interface FrameMark {
  readonly time: number;
  readonly port: number;
  /** A number that the owner of the ring gives to a segment. */
  readonly segment: number;
  /** It was seen, but went no further. */
  readonly dropped: boolean;
}

/** The columns of the record: what is kept of the frame with sequence number n stands at n modulo their length. */
function createColumns(frames: number) {
  return {
    times: new Float64Array(frames),
    ports: new Uint16Array(frames),
    segments: new Uint16Array(frames),
    dropped: new Uint8Array(frames),
    lengths: new Uint32Array(frames),
    // Positions only grow, and are taken modulo the size to reach the memory: so "older than" is a plain comparison.
    starts: new Float64Array(frames),
  };
}
type Columns = ReturnType<typeof createColumns>;

/** @param limits `bytes` must hold the longest frame. */
export function createFrameRing(limits: RingLimits): FrameRing {
  const memory = Buffer.alloc(limits.bytes);
  const columns = createColumns(limits.frames);
  const { times, ports, segments, dropped, lengths, starts } = columns;
  let oldest = 0;
  let next = 0;
  let position = 0;
  let bytes = 0;

  function dropOldest(): void {
    bytes -= lengths[oldest % limits.frames] ?? 0;
    oldest++;
  }

  /** Takes the place for a frame, in one piece: what does not fit before the end begins anew at the start. */
  function place(length: number): number {
    const inMemory = position % limits.bytes;
    if (inMemory + length > limits.bytes) position += limits.bytes - inMemory;
    const reach = position + length - limits.bytes;
    while (oldest < next && (starts[oldest % limits.frames] ?? 0) < reach) dropOldest();
    if (next - oldest === limits.frames) dropOldest();
    position += length;
    return position - length;
  }

  return {
    append(mark, frame, offset, length) {
      if (length > limits.bytes) throw new RangeError(`a frame of ${length} bytes is longer than the record`);
      const start = place(length);
      frame.copy(memory, start % limits.bytes, offset, offset + length);
      const slot = next++ % limits.frames;
      times[slot] = mark.time;
      ports[slot] = mark.port;
      segments[slot] = mark.segment;
      dropped[slot] = mark.dropped ? 1 : 0;
      lengths[slot] = length;
      starts[slot] = start;
      bytes += length;
    },
    read(from, atMost) {
      const first = Math.min(Math.max(from, oldest), next);
      const { end, size } = extent(lengths, first, next, atMost);
      return { first, lost: first - Math.min(from, first), ...copyOut(memory, columns, first, end, size) };
    },
    state: () => ({ frames: next - oldest, bytes, overwritten: oldest }),
  };
}

/** How many frames from `first` fit in so many bytes. */
function extent(lengths: Uint32Array, first: number, next: number, atMost: number) {
  let end = first;
  let size = 0;
  for (; end < next; end++) {
    const length = lengths[end % lengths.length] ?? 0;
    if (end > first && size + length > atMost) break;
    size += length;
  }
  return { end, size };
}

function copyOut(memory: Buffer, columns: Columns, first: number, end: number, size: number) {
  const count = end - first;
  const packed = {
    times: new Float64Array(count),
    ports: new Uint16Array(count),
    segments: new Uint16Array(count),
    dropped: new Uint8Array(count),
    ends: new Uint32Array(count),
    data: new Uint8Array(size),
  };
  let filled = 0;
  // Frames that lie one after the other in memory are copied as one.
  let piece = 0;
  let pieceStart = 0;
  const copyPiece = () => {
    packed.data.set(memory.subarray(pieceStart, pieceStart + filled - piece), piece);
  };
  for (let index = 0; index < count; index++) {
    const slot = (first + index) % columns.times.length;
    const start = (columns.starts[slot] ?? 0) % memory.length;
    if (start !== pieceStart + filled - piece) {
      copyPiece();
      piece = filled;
      pieceStart = start;
    }
    filled += columns.lengths[slot] ?? 0;
    packed.times[index] = columns.times[slot] ?? 0;
    packed.ports[index] = columns.ports[slot] ?? 0;
    packed.segments[index] = columns.segments[slot] ?? 0;
    packed.dropped[index] = columns.dropped[slot] ?? 0;
    packed.ends[index] = filled;
  }
  copyPiece();
  return packed;
}
