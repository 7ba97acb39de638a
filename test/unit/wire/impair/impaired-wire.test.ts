import { describe, expect, it } from 'vitest';
import { createImpairedWire } from '../../../../src-main/wire/impair/impaired-wire.ts';
import type { DirectionImpairment } from '../../../../src-main/contract/impairment.ts';
import { arpPacket, ethernetFrame } from '../build-frame.ts';
import { broadcast, ethernet, mac } from '../loopback-guest.ts';

const ms = 1e6;
const frame = (length = 100) => ethernet(broadcast, mac(0), 0, length);

/** When frames that enter at these times leave, in milliseconds; undefined for those that are dropped. */
function leave(impairment: DirectionImpairment, times: readonly number[], seed = 1, length = 100) {
  const wire = createImpairedWire(impairment, seed);
  return times.map((time) => {
    const leaves = wire(time * ms, frame(length));
    return leaves === undefined ? undefined : leaves / ms;
  });
}

const everyMs = Array.from({ length: 5000 }, (_, n) => n);

describe('an impaired wire', () => {
  it('without an impairment lets every frame through at once', () => {
    expect(leave({}, [1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('delays every frame alike', () => {
    expect(leave({ delay: { ms: 25 } }, [0, 1, 1])).toEqual([25, 26, 26]);
  });

  it('varies the delay within the jitter, both ways, and never below none', () => {
    const delays = leave({ delay: { ms: 50, jitterMs: 10 } }, everyMs).map((left, n) => left! - n);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(40);
    expect(Math.min(...delays)).toBeLessThan(40.2);
    expect(Math.max(...delays)).toBeLessThanOrEqual(60);
    expect(Math.max(...delays)).toBeGreaterThan(59.8);
    const short = leave({ delay: { ms: 1, jitterMs: 10 } }, everyMs).map((left, n) => left! - n);
    expect(Math.min(...short)).toBe(0);
  });

  it('loses about the share it is told, none and all at the ends', () => {
    const lost = (loss: number) => leave({ loss }, everyMs).filter((left) => left === undefined).length;
    // 5000 draws at 0.2: three standard deviations are 85.
    expect(Math.abs(lost(0.2) - 1000)).toBeLessThan(85);
    expect(lost(0)).toBe(0);
    expect(lost(1)).toBe(5000);
  });

  it('loses and delays the same frames with the same seed, others with another', () => {
    const impairment = { loss: 0.3, delay: { ms: 20, jitterMs: 5 } };
    expect(leave(impairment, everyMs, 7)).toEqual(leave(impairment, everyMs, 7));
    expect(leave(impairment, everyMs, 8)).not.toEqual(leave(impairment, everyMs, 7));
  });

  it('loses the same frames whether or not there is jitter', () => {
    const lost = (impairment: DirectionImpairment) =>
      leave(impairment, everyMs).map((left) => left === undefined);
    expect(lost({ loss: 0.3, delay: { ms: 20, jitterMs: 5 } })).toEqual(lost({ loss: 0.3 }));
  });

  it('sends one frame after the other at its rate', () => {
    // 100 bytes at 800 kbit/s take 1 ms.
    const rate = { bitsPerSecond: 800_000 };
    expect(leave({ rate }, [0, 0, 0, 10])).toEqual([1, 2, 3, 11]);
    expect(leave({ rate, delay: { ms: 5 } }, [0, 0])).toEqual([6, 7]);
  });

  it('drops what its queue does not hold, and takes more as it empties', () => {
    const rate = { bitsPerSecond: 800_000, queueBytes: 300 };
    expect(leave({ rate }, [0, 0, 0, 0, 0, 1, 1, 10])).toEqual([
      1,
      2,
      3,
      undefined,
      undefined,
      4,
      undefined,
      11,
    ]);
  });

  it('passes a frame over an idle wire whatever the queue', () => {
    expect(leave({ rate: { bitsPerSecond: 800_000, queueBytes: 0 } }, [0, 0, 2])).toEqual([1, undefined, 3]);
  });

  it('drops frames that match any of its filters, before they take of the rate', () => {
    const vip = '10.10.0.100';
    const arp = (operation: number) =>
      ethernetFrame(
        mac(1),
        mac(2),
        0x0806,
        arpPacket(operation, { mac: mac(2), ip: vip }, { mac: mac(1), ip: vip }),
      );
    const wire = createImpairedWire(
      {
        drop: [{ protocol: 'vrrp' }, { arpOperation: 2, arpSenderIp: vip }],
        rate: { bitsPerSecond: 336_000 },
      },
      1,
    );
    expect(wire(0, arp(2))).toBeUndefined();
    expect(wire(0, arp(1))).toBe(1 * ms);
  });
});
