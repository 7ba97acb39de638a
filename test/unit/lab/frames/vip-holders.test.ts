import { describe, expect, it } from 'vitest';
import { createVipHolders } from '../../../../src-main/lab/frames/vip-holders.ts';
import { clientIp, exampleLab, vip } from '../../evidence/example-lab.ts';
import { createWire, type Wire } from '../../evidence/wire.ts';
import { ipv4Packet, tcpSegment } from '../../wire/build-frame.ts';

const second = 1e9;

/** Frames that are put on the wires one after the other, each at its second. */
function hear(frames: readonly (readonly [at: number, put: (wire: Wire) => void])[]) {
  const wire = createWire(exampleLab('dr'));
  const holders = createVipHolders();
  for (const [at, put] of frames) {
    const before = wire.records.length;
    put(wire);
    for (const record of wire.records.slice(before)) holders.hear({ ...record, time: at * second }, vip);
  }
  return (at: number) => holders.list(at * second).map(({ node }) => node);
}

const asks = (wire: Wire): void => {
  wire.arp('client', 1, clientIp, vip);
};
const answers =
  (node: string) =>
  (wire: Wire): void => {
    wire.arp(node, 2, vip, clientIp, 'client');
  };
const sends = (from: string, to: string) => (wire: Wire) => {
  const segment = { sourcePort: 40112, destinationPort: 80, flags: 0x02 };
  wire.ip(from, to, ipv4Packet({ source: clientIp, destination: vip, protocol: 6 }, tcpSegment(segment)));
};

describe('who says in ARP that it has the VIP', () => {
  it('is whoever said so, the newest first', () => {
    const at = hear([
      [1, asks],
      [1, answers('director')],
      [1.5, answers('rs1')],
    ]);
    expect(at(2)).toEqual(['rs1', 'director']);
  });

  it('is nobody any more who is asked again and says nothing', () => {
    const at = hear([
      [1, answers('director')],
      [1, answers('rs1')],
      [20, asks],
      [20.1, answers('director')],
    ]);
    expect(at(22)).toEqual(['director', 'rs1']);
    expect(at(24)).toEqual(['director']);
  });

  it('is not whom nobody has asked or sent anything for as long as neighbours keep a word', () => {
    const at = hear([
      [1, answers('director')],
      [1, answers('rs1')],
      [30, sends('client', 'rs1')],
    ]);
    expect(at(53)).toEqual(['rs1', 'director']);
    expect(at(55)).toEqual(['rs1']);
    expect(at(84)).toEqual([]);
  });

  it('is not kept up by what the director passes on to its real servers', () => {
    const at = hear([
      [1, answers('director')],
      [1, answers('rs1')],
      [30, sends('client', 'director')],
      [30, sends('director', 'rs1')],
    ]);
    expect(at(60)).toEqual(['director']);
  });
});
