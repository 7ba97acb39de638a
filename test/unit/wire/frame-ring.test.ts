import { describe, expect, it } from 'vitest';
import { createFrameRing, type FrameRing } from '../../../src-main/wire/frame-ring.ts';

function fill(ring: FrameRing, lengths: readonly number[]): void {
  for (const [n, length] of lengths.entries()) {
    const memory = Buffer.alloc(length + 3, n);
    ring.append({ time: n * 10, port: n % 3, segment: n % 2, dropped: n % 4 === 3 }, memory, 3, length);
  }
}

/** The frames as [sequence, length, whether all bytes are its own]. */
function contents(ring: FrameRing, from = 0, bytes = Infinity) {
  const { first, ends, data, times } = ring.read(from, bytes);
  return Array.from(ends, (end, index) => {
    const frame = data.subarray(index === 0 ? 0 : ends[index - 1], end);
    const whole = frame.every((byte) => byte === first + index) && times[index] === (first + index) * 10;
    return [first + index, frame.length, whole];
  });
}

describe('the frame ring', () => {
  it('gives back what it was given', () => {
    const ring = createFrameRing({ bytes: 1000, frames: 10 });
    fill(ring, [60, 100, 14]);
    const packed = ring.read(0, Infinity);
    expect(packed).toMatchObject({ first: 0, lost: 0 });
    expect([...packed.ports]).toEqual([0, 1, 2]);
    expect([...packed.segments]).toEqual([0, 1, 0]);
    expect([...packed.dropped]).toEqual([0, 0, 0]);
    expect(contents(ring)).toEqual([
      [0, 60, true],
      [1, 100, true],
      [2, 14, true],
    ]);
  });

  it('is bounded in frames', () => {
    const ring = createFrameRing({ bytes: 1000, frames: 3 });
    fill(ring, [20, 20, 20, 20, 20]);
    expect(contents(ring).map(([n]) => n)).toEqual([2, 3, 4]);
    expect(ring.state()).toEqual({ frames: 3, bytes: 60, overwritten: 2 });
  });

  it('is bounded in bytes, and no frame is overwritten in part', () => {
    const ring = createFrameRing({ bytes: 100, frames: 50 });
    const lengths = Array.from({ length: 40 }, (_, n) => 7 + ((n * 13) % 41));
    for (let count = 1; count <= lengths.length; count++) {
      const fresh = createFrameRing({ bytes: 100, frames: 50 });
      fill(fresh, lengths.slice(0, count));
      const kept = contents(fresh);
      expect(kept.at(-1)).toEqual([count - 1, lengths[count - 1], true]);
      expect(kept.every(([, , whole]) => whole)).toBe(true);
      expect(fresh.state()).toMatchObject({ frames: kept.length, overwritten: count - kept.length });
    }
    fill(ring, [100, 100]);
    expect(contents(ring)).toEqual([[1, 100, true]]);
  });

  it('says how many frames a reader has lost', () => {
    const ring = createFrameRing({ bytes: 1000, frames: 3 });
    fill(ring, [20, 20, 20, 20, 20]);
    expect(ring.read(1, Infinity)).toMatchObject({ first: 2, lost: 1 });
    expect(ring.read(4, Infinity)).toMatchObject({ first: 4, lost: 0 });
    expect(ring.read(5, Infinity)).toMatchObject({ first: 5, lost: 0, ends: new Uint32Array() });
  });

  it('reads on in pieces, one frame at least', () => {
    const ring = createFrameRing({ bytes: 1000, frames: 10 });
    fill(ring, [60, 60, 60]);
    expect(contents(ring, 0, 120).map(([n]) => n)).toEqual([0, 1]);
    expect(contents(ring, 2, 10).map(([n]) => n)).toEqual([2]);
  });
});
