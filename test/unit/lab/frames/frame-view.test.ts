import { describe, expect, it } from 'vitest';
import { frameViewSchema } from '../../../../src-main/contract/frames.ts';
import type { EvidenceMode } from '../../../../src-main/evidence/lab-map.ts';
import { mapWire, toFrameView } from '../../../../src-main/lab/frames/frame-view.ts';
import { decodeFrame } from '../../../../src-main/wire/decode/decode-frame.ts';
import { clientIp, exampleLab, vip } from '../../evidence/example-lab.ts';
import { createWire, type Wire } from '../../evidence/wire.ts';
import { icmpMessage, ipBytes, ipv4Packet, tcpSegment, udpDatagram, words } from '../../wire/build-frame.ts';

const tcp = 6;

/** How the frames that `put` puts on the wires of a lab are told. */
function viewsOf(mode: EvidenceMode, put: (wire: Wire) => void) {
  const lab = exampleLab(mode);
  const wire = createWire(lab);
  put(wire);
  const map = mapWire(lab);
  return wire.records.map((record) =>
    frameViewSchema.parse(toFrameView(record, decodeFrame(record.bytes), map)),
  );
}

function packet(source: string, destination: string, ports: [number, number], flags: number, data = '') {
  const segment = { sourcePort: ports[0], destinationPort: ports[1], flags };
  return ipv4Packet({ source, destination, protocol: tcp }, tcpSegment(segment, Buffer.from(data)));
}

describe('toFrameView', () => {
  it('tells ARP in words, and whom a broadcast reaches', () => {
    const [question, answer, announcement] = viewsOf('dr', (wire) => {
      wire.arp('client', 1, clientIp, vip);
      wire.arp('director', 2, vip, clientIp, 'client');
      wire.arp('director', 1, vip, vip);
    });
    expect(question).toMatchObject({
      ...{ kind: 'arp', port: 'client:eth0', from: 'client', to: ['director', 'rs1', 'rs2'] },
      ...{ source: null, destination: null, part: null, segment: 'lan' },
      info: `ARP who has ${vip}? tell ${clientIp}`,
    });
    expect(answer).toMatchObject({ to: ['client'], info: `ARP ${vip} is at 02:00:00:00:00:02` });
    expect(announcement?.info).toBe(`ARP ${vip} is at 02:00:00:00:00:02 (announcement)`);
  });

  it('follows a request through a DR director, and the reply past it', () => {
    const views = viewsOf('dr', (wire) => {
      wire.ip('client', 'director', packet(clientIp, vip, [40112, 80], 0x02));
      wire.ip('director', 'rs1', packet(clientIp, vip, [40112, 80], 0x18, 'GET /'));
      wire.ip('rs1', 'client', packet(vip, clientIp, [80, 40112], 0x12));
    });
    expect(views.map(({ from, to, part, info }) => [from, ...to, part, info])).toEqual([
      ['client', 'director', 'request', '40112 → 80 SYN'],
      ['director', 'rs1', 'request', '40112 → 80 PSH ACK, 5 bytes'],
      ['rs1', 'client', 'reply', '80 → 40112 SYN ACK'],
    ]);
    expect(views[0]).toMatchObject({ kind: 'tcp', source: clientIp, destination: vip, inner: null });
  });

  it('tells both sides of a NAT director, and leaves out what is not a client’s', () => {
    const rs1 = '10.20.0.11';
    const views = viewsOf('nat', (wire) => {
      wire.ip('client', 'director', packet(clientIp, vip, [40112, 80], 0x02));
      wire.ip('director', 'rs1', packet(clientIp, rs1, [40112, 80], 0x02));
      wire.ip('rs1', 'director', packet(rs1, clientIp, [80, 40112], 0x12));
      wire.ip('director', 'client', packet(vip, clientIp, [80, 40112], 0x12));
      // The director's own check, another port, and a client that goes round the director.
      wire.ip('director', 'rs1', packet('10.20.0.2', rs1, [50000, 80], 0x02));
      wire.ip('director', 'rs1', packet(clientIp, rs1, [40112, 22], 0x02));
      wire.ip('client', 'director', packet(clientIp, rs1, [40112, 80], 0x02));
    });
    expect(views.map(({ part }) => part)).toEqual(['request', 'request', 'reply', 'reply', null, null, null]);
  });

  it('looks into a tunnel', () => {
    const [view] = viewsOf('tun', (wire) => {
      const inner = packet(clientIp, vip, [40112, 80], 0x02);
      const outer = { source: '10.10.0.2', destination: '10.10.0.11', protocol: 4 };
      wire.ip('director', 'rs1', ipv4Packet(outer, inner));
    });
    expect(view).toMatchObject({
      ...{ kind: 'ipip', source: '10.10.0.2', destination: '10.10.0.11', part: 'request' },
      inner: { source: clientIp, destination: vip },
      info: 'IPIP 10.10.0.2 → 10.10.0.11: 40112 → 80 SYN',
    });
  });

  it('tells ICMP with what it is about, UDP, later fragments, and what it does not know', () => {
    const about = packet(clientIp, vip, [40112, 80], 0x10, 'x'.repeat(8)).subarray(0, 28);
    const ip = (protocol: number, payload: Buffer, fragment?: number) =>
      ipv4Packet(
        { source: clientIp, destination: vip, protocol, id: 7, ...(fragment !== undefined && { fragment }) },
        payload,
      );
    const views = viewsOf('dr', (wire) => {
      wire.ip('client', 'director', ip(1, icmpMessage(8, 0, words(1, 5), Buffer.alloc(8))));
      wire.ip('director', 'client', ip(1, icmpMessage(3, 4, words(0, 1480), about)));
      wire.ip('client', 'director', ip(17, udpDatagram(68, 67, Buffer.alloc(12))));
      wire.ip('client', 'director', ip(tcp, Buffer.alloc(8), 185));
      wire.ip('client', 'director', ip(99, ipBytes(vip)));
      wire.ip('client', '02:99:99:99:99:99', ip(tcp, Buffer.alloc(4)));
    });
    expect(views.map(({ kind, info }) => `${kind}: ${info}`)).toEqual([
      'icmp: ICMP echo request 5',
      `icmp: ICMP fragmentation needed, MTU 1480, about ${clientIp}:40112 → ${vip}:80`,
      'udp: UDP 68 → 67, 12 bytes',
      'tcp: TCP fragment of packet 7, from byte 1480',
      'ipv4: IP protocol 99, 4 bytes',
      'tcp: malformed: TCP header cut short: 4 of 20 bytes',
    ]);
    expect(views.at(-1)?.to).toEqual([]);
  });
});
