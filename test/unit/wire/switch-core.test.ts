import { describe, expect, it } from 'vitest';
import { createSwitchCore } from '../../../src-main/wire/switch-core.ts';
import type { Impairment } from '../../../src-main/contract/impairment.ts';
import { broadcast, ethernet, mac, markOf, portSpec } from './loopback-guest.ts';

const ms = 1e6;

/** A switch on a clock of its own. What leaves it stands in `sent` as [port, mark]. */
function core(...segments: (string | null)[]) {
  const clock = { ms: 1 };
  const sent: [port: number, mark: number][] = [];
  const inner = createSwitchCore({
    ports: segments.map((segment, n) => portSpec(n, 1000 + n, 2000 + n, segment)),
    ring: { bytes: 1_000_000, frames: 1000 },
    now: () => clock.ms * ms,
    wallStart: 0n,
  });
  return {
    sent,
    impair: (port: number, impairment: Impairment | null) => {
      inner.impair(port, impairment);
    },
    move: (port: number, segment: string) => {
      inner.move(port, segment);
    },
    send: (port: number, mark: number, destination = broadcast, length = 60) => {
      inner.beginBatch();
      const memory = Buffer.concat([Buffer.alloc(7), ethernet(destination, mac(port), mark, length)]);
      for (const out of inner.frame(port, memory, 7, length)) sent.push([out, mark]);
      // A slot is used again for the next frame.
      memory.fill(0xff);
    },
    /** Lets time pass; the milliseconds until more is due. */
    at: (time: number) => {
      clock.ms = time;
      return Math.round(inner.release((port, frame) => sent.push([port, markOf(frame)])));
    },
    impaired: () => inner.counters(new Map()).map(({ impaired }) => impaired),
    dropped: () => [...inner.read(0, 1_000_000).frames.dropped],
  };
}

describe('impairments in the switch', () => {
  it('cost nothing where there are none', () => {
    const { send, sent, at } = core('a', 'a');
    send(0, 1);
    expect(sent).toEqual([[1, 1]]);
    expect(at(100)).toBe(Infinity);
  });

  it('delay what a NIC sends once, whoever gets it', () => {
    const { impair, send, sent, at, dropped } = core('a', 'a', 'a');
    impair(0, { from: { delay: { ms: 10 } } });
    send(0, 1);
    send(1, 2);
    expect(sent).toEqual([
      [0, 2],
      [2, 2],
    ]);
    expect(at(6)).toBe(5);
    expect(sent).toHaveLength(2);
    expect(at(11)).toBe(Infinity);
    expect(sent.slice(2)).toEqual([
      [1, 1],
      [2, 1],
    ]);
    expect(dropped()).toEqual([0, 0]);
  });

  it('delay what comes to a NIC, and to no other', () => {
    const { impair, send, sent, at } = core('a', 'a', 'a');
    impair(1, { to: { delay: { ms: 10 } } });
    send(0, 1);
    expect(sent).toEqual([[2, 1]]);
    at(11);
    expect(sent.slice(1)).toEqual([[1, 1]]);
  });

  it('add up over both cables of a way', () => {
    const { impair, send, sent, at } = core('a', 'a');
    impair(0, { from: { delay: { ms: 10 } } });
    impair(1, { to: { delay: { ms: 5 } } });
    send(0, 1);
    // Even when the switch looks late, the second delay counts from the end of the first.
    expect(at(15)).toBe(1);
    at(16);
    expect(sent).toEqual([[1, 1]]);
  });

  it('mark in the record what went no further, and count it at its port', () => {
    const { impair, send, sent, impaired, dropped } = core('a', 'a', 'a');
    impair(0, { from: { loss: 1 } });
    impair(2, { to: { loss: 1 } });
    send(0, 1);
    send(1, 2);
    expect(sent).toEqual([[0, 2]]);
    expect(impaired()).toEqual([1, 0, 1]);
    expect(dropped()).toEqual([1, 0]);
  });

  it('teach the switch no address of a frame that did not reach it', () => {
    const { impair, send, sent } = core('a', 'a', 'a');
    impair(0, { from: { loss: 1 } });
    send(0, 1);
    impair(0, null);
    send(1, 2, mac(0));
    expect(sent).toEqual([
      [0, 2],
      [2, 2],
    ]);
  });

  it('cut both ways, frames under way too', () => {
    const { impair, send, sent, at, impaired, dropped } = core('a', 'a');
    impair(0, { from: { delay: { ms: 10 } }, to: { delay: { ms: 10 } } });
    send(0, 1);
    send(1, 2);
    impair(0, { cut: true });
    send(0, 3);
    send(1, 4);
    expect(at(100)).toBe(Infinity);
    expect(sent).toEqual([]);
    expect(impaired()).toEqual([4, 0]);
    expect(dropped()).toEqual([0, 0, 1, 0]);
    impair(0, null);
    send(0, 5);
    send(1, 6);
    expect(sent).toEqual([
      [1, 5],
      [0, 6],
    ]);
  });

  it('let frames that are under way arrive at their time when the cable is mended', () => {
    const { impair, send, sent, at } = core('a', 'a');
    impair(0, { from: { delay: { ms: 10 } } });
    send(0, 1);
    impair(0, null);
    send(0, 2);
    at(11);
    expect(sent).toEqual([
      [1, 2],
      [1, 1],
    ]);
  });

  it('lose what is under way in a cable that is moved, so that no frame takes the old way', () => {
    const { impair, move, send, sent, at, impaired } = core('a', 'a', 'b');
    impair(0, { from: { delay: { ms: 10 } }, to: { delay: { ms: 10 } } });
    send(0, 1);
    send(1, 2);
    move(0, 'b');
    at(50);
    expect(sent).toEqual([]);
    expect(impaired()).toEqual([2, 0, 0]);
  });

  it('keep the order under delay, and under a rate', () => {
    const { impair, send, sent, at } = core('a', 'a');
    impair(0, { from: { rate: { bitsPerSecond: 480_000 } } });
    impair(1, { to: { delay: { ms: 3 } } });
    for (let mark = 0; mark < 20; mark++) send(0, mark);
    for (let time = 1; time < 40; time++) at(time);
    expect(sent).toEqual(Array.from({ length: 20 }, (_, mark) => [1, mark]));
  });

  it('do not eat the memory: what is under way at once is bounded', () => {
    const { impair, send, impaired, at } = core('a', 'a');
    impair(0, { from: { delay: { ms: 1000 } } });
    for (let n = 0; n < 8000; n++) send(0, n, broadcast, 9000);
    const [lost] = impaired();
    expect(8000 - lost!).toBe(Math.floor((64 * 1024 * 1024) / 9000));
    at(2000);
    send(0, 8000, broadcast, 9000);
    expect(impaired()).toEqual([lost, 0]);
  });

  it('repeat with the same seed and frames', () => {
    const run = (seed: number) => {
      const { impair, send, sent, at } = core('a', 'a');
      const impairment: Impairment = { seed, from: { loss: 0.5 }, to: { delay: { ms: 5, jitterMs: 4 } } };
      impair(0, impairment);
      impair(1, impairment);
      for (let mark = 0; mark < 100; mark++) send(mark % 2, mark);
      for (let time = 1; time < 20; time++) at(time);
      return sent;
    };
    expect(run(5)).toEqual(run(5));
    expect(run(6)).not.toEqual(run(5));
  });
});
