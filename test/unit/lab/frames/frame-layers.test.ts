import { describe, expect, it } from 'vitest';
import { frameLayers } from '../../../../src-main/lab/frames/frame-layers.ts';
import { decodeFrame } from '../../../../src-main/wire/decode/decode-frame.ts';
import {
  arpPacket,
  ethernetFrame,
  icmpMessage,
  ipv4Packet,
  tcpSegment,
  udpDatagram,
  words,
} from '../../wire/build-frame.ts';

const [one, other] = ['02:00:00:00:00:01', '02:00:00:00:00:02'];
const addresses = { source: '10.0.0.1', destination: '10.0.0.2' };

function layersOf(etherType: number, payload: Buffer, vlans?: number[]) {
  const bytes = ethernetFrame(other, one, etherType, payload, vlans);
  const layers = frameLayers(bytes, decodeFrame(bytes));
  return { bytes, layers, outline: layers.map(({ name, offset, length }) => [name, offset, length]) };
}

function field(layers: ReturnType<typeof frameLayers>, layer: string, name: string): string | undefined {
  return layers.find((each) => each.name === layer)?.fields.find((each) => each.name === name)?.value;
}

describe('frameLayers', () => {
  it('tells where each protocol lies, and what is in it', () => {
    const options = Buffer.from([2, 4, 0x05, 0xb4, 1, 3, 3, 7]);
    const request = 'GET / HTTP/1.1\r\n\r\n';
    const tcp = tcpSegment(
      { sourcePort: 40112, destinationPort: 80, flags: 0x18, options },
      Buffer.from(request),
    );
    const { outline, layers } = layersOf(0x0800, ipv4Packet({ ...addresses, protocol: 6 }, tcp));
    expect(outline).toEqual([
      ['Ethernet', 0, 14],
      ['IPv4', 14, 20],
      ['TCP', 34, 28],
      ['Data', 62, request.length],
    ]);
    expect(field(layers, 'Ethernet', 'Source')).toBe(one);
    expect(field(layers, 'IPv4', 'Protocol')).toBe('6 (TCP)');
    expect(field(layers, 'IPv4', 'Header checksum')).toMatch(/^0x[0-9a-f]{4} \(right\)$/);
    expect(field(layers, 'TCP', 'Flags')).toBe('PSH ACK');
    expect(field(layers, 'TCP', 'Maximum segment size')).toBe('1460');
    expect(field(layers, 'TCP', 'Window scale')).toBe('7 (times 128)');
    expect(field(layers, 'Data', 'Text')).toBe(request);
  });

  it('tells a tunnel, tags and padding apart', () => {
    const inner = ipv4Packet({ ...addresses, protocol: 17 }, udpDatagram(1, 2, Buffer.alloc(3)));
    const gre = Buffer.concat([words(0x2000, 0x0800, 0, 9), inner]);
    const packet = Buffer.concat([ipv4Packet({ ...addresses, protocol: 47 }, gre), Buffer.alloc(5)]);
    const { outline, layers } = layersOf(0x0800, packet, [12]);
    expect(outline).toEqual([
      ['Ethernet', 0, 18],
      ['IPv4', 18, 20],
      ['GRE', 38, 8],
      ['IPv4', 46, 20],
      ['UDP', 66, 8],
      ['Data', 74, 3],
      ['Padding', 77, 5],
    ]);
    expect(field(layers, 'Ethernet', 'VLAN ids')).toBe('12');
    expect(field(layers, 'GRE', 'Key')).toBe('9');
  });

  it('names what an ICMP message quotes, and reads ARP', () => {
    const tcp = tcpSegment({ sourcePort: 40112, destinationPort: 80, flags: 2 });
    const quoted = ipv4Packet({ ...addresses, protocol: 6 }, tcp).subarray(0, 28);
    const message = icmpMessage(3, 4, words(0, 1480), quoted);
    const icmp = layersOf(0x0800, ipv4Packet({ ...addresses, protocol: 1 }, message));
    expect(icmp.outline.slice(2)).toEqual([
      ['ICMP', 34, 8],
      ['Quoted IPv4', 42, 20],
      ['Quoted Data', 62, 8],
    ]);
    expect(field(icmp.layers, 'ICMP', 'Message')).toBe(
      'fragmentation needed, MTU 1480, about 10.0.0.1:40112 → 10.0.0.2:80',
    );
    const arp = layersOf(0x0806, arpPacket(1, { mac: one, ip: '10.0.0.1' }, { mac: other, ip: '10.0.0.2' }));
    expect(arp.outline).toEqual([
      ['Ethernet', 0, 14],
      ['ARP', 14, 28],
    ]);
    expect(field(arp.layers, 'ARP', 'Operation')).toBe('1 (request)');
  });

  it('covers every byte once, however a frame is cut', () => {
    const tcp = tcpSegment({ sourcePort: 1, destinationPort: 2, flags: 0x18 }, Buffer.from('data'));
    const inner = ipv4Packet({ ...addresses, protocol: 6 }, tcp);
    const { bytes } = layersOf(0x0800, ipv4Packet({ ...addresses, protocol: 4 }, inner));
    for (let length = 14; length <= bytes.length; length++) {
      const cut = bytes.subarray(0, length);
      const layers = frameLayers(cut, decodeFrame(cut));
      let at = 0;
      for (const layer of layers) {
        expect(layer.offset, `${layer.name} of ${length} bytes`).toBe(at);
        at += layer.length;
      }
      expect(at).toBe(length);
    }
  });
});
