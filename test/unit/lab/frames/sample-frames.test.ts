import { describe, expect, it } from 'vitest';
import { sampleFrames } from '../../../../src-main/lab/frames/sample-frames.ts';
import type { FrameRecord } from '../../../../src-main/wire/switch-port.ts';
import { clientIp, exampleLab, vip } from '../../evidence/example-lab.ts';
import { createWire, type Wire } from '../../evidence/wire.ts';
import { icmpMessage, ipv4Packet, tcpSegment, words } from '../../wire/build-frame.ts';

const flags = { syn: 0x02, fin: 0x11, rst: 0x04, data: 0x18 };

function segment(bits: number): Buffer {
  const payload = tcpSegment({ sourcePort: 40000, destinationPort: 80, flags: bits });
  return ipv4Packet({ source: clientIp, destination: vip, protocol: 6 }, payload);
}

function put(wire: Wire, count: number, packet: Buffer): void {
  for (let number = 0; number < count; number++) wire.ip('client', 'director', packet);
}

/** How many of the chosen frames lie among those that `count` counts. */
function chosenFrom(chosen: readonly FrameRecord[], first: number, end: number): number {
  return chosen.filter(({ sequence }) => sequence >= first && sequence < end).length;
}

describe('sampleFrames', () => {
  it('takes all where there are places for all', () => {
    const wire = createWire(exampleLab('dr'));
    put(wire, 60, segment(flags.data));
    expect(sampleFrames(wire.records, 60)).toEqual(wire.records);
  });

  it('keeps what is rare among very many, also in a tunnel, and an even part of the rest', () => {
    const wire = createWire(exampleLab('tun'));
    const icmp = icmpMessage(3, 1, words(0, 0), segment(flags.data).subarray(0, 28));
    const tunnelled = { source: '10.10.0.2', destination: '10.10.0.11', protocol: 4 };
    put(wire, 1000, segment(flags.data));
    wire.arp('client', 1, clientIp, vip);
    put(wire, 1, ipv4Packet({ source: clientIp, destination: vip, protocol: 1 }, icmp));
    put(wire, 1, segment(flags.rst));
    put(wire, 1, ipv4Packet(tunnelled, segment(flags.syn)));
    put(wire, 1, segment(flags.fin));
    put(wire, 1000, segment(flags.data));
    const chosen = sampleFrames(wire.records, 60);
    expect(chosen).toHaveLength(60);
    expect(chosenFrom(chosen, 1000, 1005)).toBe(5);
    expect(Math.abs(chosenFrom(chosen, 0, 1000) - chosenFrom(chosen, 1005, 2005))).toBeLessThanOrEqual(1);
    const order = chosen.map(({ sequence }) => sequence);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('leaves a quarter to data when connections begin and end all the time', () => {
    const wire = createWire(exampleLab('dr'));
    put(wire, 500, segment(flags.syn));
    put(wire, 500, segment(flags.data));
    wire.arp('client', 1, clientIp, vip);
    const chosen = sampleFrames(wire.records, 60);
    expect([
      chosenFrom(chosen, 0, 500),
      chosenFrom(chosen, 500, 1000),
      chosenFrom(chosen, 1000, 1001),
    ]).toEqual([44, 15, 1]);
  });

  it('bears frames that are cut short anywhere', () => {
    const wire = createWire(exampleLab('dr'));
    put(wire, 1, ipv4Packet({ source: clientIp, destination: vip, protocol: 4 }, segment(flags.syn)));
    const [whole] = wire.records;
    const cut = Array.from({ length: 50 }, (_, length) => ({
      ...whole!,
      sequence: length,
      bytes: whole!.bytes.subarray(0, length + 14),
    }));
    expect(sampleFrames(cut, 10)).toHaveLength(10);
  });
});
