import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../../../src-main/wire/decode/decode-frame.ts';
import type { Ipv4 } from '../../../../src-main/wire/decode/decoded-frame.ts';
import { mulberry32 } from '../../../../src-main/wire/impair/mulberry32.ts';
import {
  arpPacket,
  ethernetFrame,
  icmpMessage,
  ipv4Packet,
  tcpSegment,
  udpDatagram,
  words,
} from '../build-frame.ts';
import { labTraffic } from '../lab-traffic.ts';

const [a, b] = ['52:54:00:00:00:01', '52:54:00:00:00:02'];
const vip = '10.10.0.100';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const onWire = (packet: Buffer): Buffer => ethernetFrame(b, a, 0x0800, packet);
const ip = (protocol: number, payload: Buffer, more: object = {}): Buffer =>
  ipv4Packet({ source: '10.10.0.10', destination: vip, protocol, ...more }, payload);

/** The IPv4 packet of a frame. */
function packetOf(frame: Uint8Array, guePort?: number): Ipv4 {
  const { payload } = decodeFrame(frame, guePort === undefined ? {} : { guePort });
  if (payload.kind !== 'ipv4') throw new Error(`${payload.kind}, ${JSON.stringify(payload)}`);
  return payload;
}
const payloadOf = (packet: Buffer, guePort?: number) => packetOf(onWire(packet), guePort).payload;
const tcp = tcpSegment({ sourcePort: 40_000, destinationPort: 80, flags: 2 });

describe('decodeFrame', () => {
  it('reads a frame as it is on the wire: a SYN of Linux to a virtual service', () => {
    const frame = hex(`52 54 00 00 00 02 52 54 00 00 00 01 08 00
      45 10 00 3c 1c 46 40 00 40 06 09 e5 0a 0a 00 0a 0a 0a 00 64
      9c 40 00 50 00 00 30 39 00 00 00 00 a0 02 fa f0 00 00 00 00
      02 04 05 b4 04 02 08 0a 00 00 00 7b 00 00 00 00 01 03 03 07`);
    expect(decodeFrame(frame)).toEqual({
      destination: b,
      source: a,
      etherType: 0x0800,
      vlans: [],
      length: 74,
      payload: {
        kind: 'ipv4',
        source: '10.10.0.10',
        destination: vip,
        protocol: 6,
        ttl: 64,
        dscp: 4,
        id: 0x1c46,
        totalLength: 60,
        headerLength: 20,
        dontFragment: true,
        moreFragments: false,
        fragmentOffset: 0,
        checksum: 0x09e5,
        checksumRight: true,
        payload: {
          kind: 'tcp',
          sourcePort: 40_000,
          destinationPort: 80,
          sequence: 12_345,
          acknowledgment: 0,
          flags: { syn: true, ack: false, fin: false, rst: false, psh: false, urg: false },
          window: 64_240,
          options: { mss: 1460, sackPermitted: true, timestamps: { value: 123, echo: 0 }, windowScale: 7 },
          data: Buffer.alloc(0),
        },
      },
    });
  });

  it('leaves the padding of a short frame out', () => {
    const frame = Buffer.concat([onWire(ip(6, tcp)), Buffer.alloc(6, 0xee)]);
    expect(packetOf(frame).payload).toMatchObject({ kind: 'tcp', data: Buffer.alloc(0) });
  });

  it('sees a header checksum that is wrong', () => {
    const packet = ip(6, tcp);
    packet[8] = 63;
    expect(packetOf(onWire(packet))).toMatchObject({ checksumRight: false, payload: { kind: 'tcp' } });
  });

  it('knows VLAN tags, one in another', () => {
    const frame = ethernetFrame(b, a, 0x0800, ip(6, tcp), [7, 0x2000 | 100]);
    expect(decodeFrame(frame)).toMatchObject({
      etherType: 0x0800,
      vlans: [7, 100],
      payload: { kind: 'ipv4' },
    });
  });

  it('reads ARP', () => {
    const reply = arpPacket(2, { mac: b, ip: vip }, { mac: a, ip: '10.10.0.10' });
    expect(
      decodeFrame(ethernetFrame(a, b, 0x0806, Buffer.concat([reply, Buffer.alloc(18)]))).payload,
    ).toEqual({
      kind: 'arp',
      operation: 2,
      senderMac: b,
      senderIp: vip,
      targetMac: a,
      targetIp: '10.10.0.10',
    });
  });

  it('reads UDP', () => {
    expect(payloadOf(ip(17, udpDatagram(68, 67, hex('01 02 03'))))).toMatchObject({
      kind: 'udp',
      sourcePort: 68,
      destinationPort: 67,
      length: 11,
      data: hex('01 02 03'),
    });
  });

  it('reads an ICMP echo', () => {
    expect(payloadOf(ip(1, icmpMessage(8, 0, words(7, 9), Buffer.alloc(4))))).toEqual({
      kind: 'icmp',
      type: 8,
      code: 0,
      echo: { id: 7, sequence: 9 },
    });
  });

  it('reads "fragmentation needed", with the header that it quotes though its packet is not whole', () => {
    const quoted = ip(6, Buffer.concat([tcp, Buffer.alloc(1400)])).subarray(0, 100);
    const icmp = payloadOf(ip(1, icmpMessage(3, 4, words(0, 1480), quoted)));
    expect(icmp).toMatchObject({
      type: 3,
      code: 4,
      nextHopMtu: 1480,
      quoted: { destination: vip, totalLength: 1440, payload: { kind: 'tcp', destinationPort: 80 } },
    });
  });

  it('keeps what an ICMP error quotes of a header that is not whole', () => {
    const quoted = ip(6, tcp).subarray(0, 28);
    expect(payloadOf(ip(1, icmpMessage(11, 0, words(0, 0), quoted)))).toMatchObject({
      quoted: { protocol: 6, payload: { kind: 'opaque', bytes: tcp.subarray(0, 8) } },
    });
  });

  it('reads the gateway of a redirect', () => {
    const redirect = icmpMessage(5, 1, Buffer.from([10, 10, 0, 254]), ip(6, tcp));
    expect(payloadOf(ip(1, redirect))).toMatchObject({ gateway: '10.10.0.254', quoted: { protocol: 6 } });
  });

  it('reads IPIP', () => {
    expect(payloadOf(ip(4, ip(6, tcp)))).toMatchObject({ kind: 'ipv4', payload: { kind: 'tcp' } });
  });

  it.each([
    ['2', '21 33 64 02 00 05 00 00 0a0a0064 0a0a0065 0000000000000000', 5000],
    ['3', '31 33 64 02 00 32 00 00 0a0a0064 0a0a0065', 500],
  ])('reads VRRP version %s', (version, bytes, interval) => {
    expect(payloadOf(ip(112, hex(bytes)))).toEqual({
      kind: 'vrrp',
      version: Number(version),
      routerId: 51,
      priority: 100,
      interval,
      addresses: [vip, '10.10.0.101'],
    });
  });

  it('reads GRE with checksum, key and sequence number, and without', () => {
    const whole = Buffer.concat([hex('b000 0800 0000 0000 0000002a 00000001'), ip(6, tcp)]);
    expect(payloadOf(ip(47, whole))).toMatchObject({ kind: 'gre', key: 42, payload: { kind: 'ipv4' } });
    const bare = payloadOf(ip(47, Buffer.concat([hex('0000 0800'), ip(6, tcp)])));
    expect(bare).toMatchObject({ kind: 'gre', protocol: 0x0800, payload: { payload: { kind: 'tcp' } } });
    expect(bare).not.toHaveProperty('key');
    expect(payloadOf(ip(47, hex('0000 86dd 60')))).toMatchObject({
      payload: { kind: 'opaque', bytes: hex('60') },
    });
  });

  it.each([
    ['version 0', hex('00 04 0000')],
    ['version 0 with a longer header', hex('01 04 0000 00000000')],
    ['version 1', Buffer.alloc(0)],
  ])('reads GUE %s on the port it is told, and on no other', (_, header) => {
    const datagram = ip(17, udpDatagram(50_000, 6080, Buffer.concat([header, ip(6, tcp)])));
    expect(payloadOf(datagram, 6080)).toMatchObject({ kind: 'udp', inner: { payload: { kind: 'tcp' } } });
    expect(payloadOf(datagram, 6081)).not.toHaveProperty('inner');
    expect(payloadOf(datagram)).not.toHaveProperty('inner');
  });

  it('reads no packet out of a GUE control message', () => {
    const control = Buffer.concat([hex('20 04 0000'), ip(6, tcp)]);
    expect(payloadOf(ip(17, udpDatagram(1, 6080, control)), 6080)).not.toHaveProperty('inner');
  });

  it('takes a first fragment apart, and leaves later ones whole', () => {
    const datagram = udpDatagram(1, 2, Buffer.alloc(2000));
    const first = payloadOf(ip(17, datagram.subarray(0, 1480), { fragment: 0x2000 }));
    expect(first).toMatchObject({ kind: 'udp', length: 2008, data: { length: 1472 } });
    const later = packetOf(onWire(ip(17, datagram.subarray(1480), { fragment: 185 })));
    expect(later).toMatchObject({ fragmentOffset: 1480, payload: { kind: 'opaque' } });
    expect(later.payload).not.toHaveProperty('fault');
  });

  it.each([
    ['an EtherType', () => decodeFrame(ethernetFrame(b, a, 0x86dd, hex('60'))).payload],
    ['an 802.3 frame', () => decodeFrame(ethernetFrame(b, a, 3, hex('424203'))).payload],
    ['an IP protocol', () => payloadOf(ip(132, hex('00')))],
    [
      'ARP of another network',
      () => decodeFrame(ethernetFrame(b, a, 0x0806, hex('0006 0800 06 04 0001'))).payload,
    ],
    ['GRE of version 1', () => payloadOf(ip(47, hex('2001 880b')))],
  ])('finds no fault with %s it does not know', (_, decode) => {
    expect(decode()).toMatchObject({ kind: 'opaque' });
    expect(decode()).not.toHaveProperty('fault');
  });

  const withByte = (packet: Buffer, at: number, value: number): Buffer => {
    const changed = Buffer.from(packet);
    changed[at] = value;
    return changed;
  };
  const tcpWithOptions = (options: string): Buffer =>
    ip(6, tcpSegment({ sourcePort: 1, destinationPort: 2, flags: 2, options: hex(options) }));

  it.each([
    ['an Ethernet header', Buffer.alloc(13), /Ethernet header cut short: 13 of 14/],
    ['a VLAN tag', hex('5254000000025254000000018100 00'), /VLAN tag cut short/],
    ['an IPv4 header', onWire(ip(6, tcp).subarray(0, 19)), /IPv4 header cut short: 19 of 20/],
    ['IPv4 options', onWire(withByte(ip(6, Buffer.alloc(0)), 0, 0x46)), /IPv4 header cut short: 20 of 24/],
    ['another IP version', onWire(withByte(ip(6, tcp), 0, 0x65)), /version 6/],
    ['a header length', onWire(withByte(ip(6, tcp), 0, 0x44)), /header length 16/],
    ['a total length', onWire(withByte(ip(6, tcp), 3, 19)), /total length 19/],
    ['an ARP packet', ethernetFrame(b, a, 0x0806, hex('0001080006040001 5254')), /ARP cut short: 10 of 28/],
    ['an ARP header', ethernetFrame(b, a, 0x0806, hex('0001')), /ARP cut short/],
    ['ARP address lengths', ethernetFrame(b, a, 0x0806, hex('00010800080400 01')), /of 8 and 4 bytes/],
  ])('tells the fault of %s', (_, frame, fault) => {
    expect(decodeFrame(frame).payload).toMatchObject({
      kind: 'opaque',
      fault: expect.stringMatching(fault) as string,
    });
  });

  it.each([
    ['a packet that is not all there', ip(6, tcp).subarray(0, 38), /IPv4 packet cut short: 38 of 40/],
    ['a TCP header that is cut short', ip(6, tcp.subarray(0, 19)), /TCP header cut short: 19 of 20/],
    ['a TCP header that is too short', ip(6, withByte(tcp, 12, 0x40)), /TCP header length 16/],
    ['TCP options that are cut short', ip(6, withByte(tcp, 12, 0x60)), /TCP header cut short: 20 of 24/],
    ['a TCP option without a length', tcpWithOptions('01010102'), /TCP option 2 of length 0/],
    ['a TCP option of length 1', tcpWithOptions('02010000'), /TCP option 2 of length 1/],
    ['a TCP option beyond the header', tcpWithOptions('02050000'), /TCP option 2 of length 5, with 4/],
    ['a UDP header that is cut short', ip(17, Buffer.alloc(7)), /UDP header cut short/],
    ['a UDP length that is too short', ip(17, hex('0001000200070000')), /UDP length 7/],
    [
      'a UDP datagram that is not all there',
      ip(17, hex('0001000200090000')),
      /UDP datagram cut short: 8 of 9/,
    ],
    ['an ICMP header', ip(1, Buffer.alloc(7)), /ICMP header cut short/],
    ['an inner packet', ip(4, Buffer.alloc(4)), /IPv4 header cut short/],
    ['a VRRP header', ip(112, hex('21336400')), /VRRP header cut short/],
    ['a VRRP version', ip(112, hex('4133640000010000')), /VRRP version 4/],
    ['a VRRP type', ip(112, hex('2233640000010000')), /VRRP type 2/],
    [
      'a VRRP address list',
      ip(112, hex('2133640200010000 0a0a0064')),
      /VRRP address list cut short: 12 of 16/,
    ],
    ['a GRE header', ip(47, hex('0000')), /GRE header cut short/],
    ['a GRE key', ip(47, hex('2000 0800')), /GRE header cut short: 4 of 8/],
    ['GRE with routing', ip(47, hex('4000 0800')), /routing/],
  ])('tells the fault of %s, and keeps the IPv4 header', (_, packet, fault) => {
    expect(payloadOf(packet)).toMatchObject({
      kind: 'opaque',
      fault: expect.stringMatching(fault) as string,
    });
  });

  it('stops at packets in packets in packets', () => {
    let packet = ip(6, tcp);
    for (let depth = 0; depth < 3000; depth++) {
      packet = Buffer.concat([ip(4, Buffer.alloc(0)), packet]);
      packet.writeUInt16BE(Math.min(packet.length, 0xffff), 2);
    }
    let inner: { kind: string; payload?: unknown } = packetOf(onWire(packet));
    let headers = 0;
    for (; inner.kind === 'ipv4'; headers++) inner = inner.payload as typeof inner;
    expect(headers).toBe(9);
    expect(inner).toMatchObject({ fault: expect.stringMatching(/nested deeper/) as string });
  });

  it('never throws, whatever the bytes: frames cut and changed at random', () => {
    const random = mulberry32(20_240_607);
    const frames = [
      ...labTraffic(60),
      ethernetFrame(b, a, 0x0800, ip(47, Buffer.concat([hex('2000 0800 0000002a'), ip(6, tcp)])), [5]),
      onWire(ip(17, udpDatagram(1, 6080, Buffer.concat([hex('00 04 0000'), ip(6, tcp)])))),
    ];
    for (let round = 0; round < 20_000; round++) {
      const frame = Uint8Array.from(frames[Math.floor(random() * frames.length)]!);
      for (let flips = Math.floor(random() * 8); flips > 0; flips--) {
        // The headers above all: that is where the lengths are.
        frame[Math.floor(random() ** 2 * frame.length)] = Math.floor(random() * 256);
      }
      const cut = random() < 0.5 ? frame : frame.subarray(0, Math.floor(random() * frame.length));
      expect(decodeFrame(cut, { guePort: 6080 }).length).toBe(cut.length);
    }
    expect(decodeFrame(new Uint8Array()).payload).toMatchObject({ kind: 'opaque' });
  });
});
