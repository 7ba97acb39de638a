import { expect, it } from 'vitest';
import { openCapture } from '../../../../src-main/wire/capture-writer.ts';
import { decodeFrame } from '../../../../src-main/wire/decode/decode-frame.ts';
import type { DecodedFrame, Ipv4 } from '../../../../src-main/wire/decode/decoded-frame.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { tsharkFields } from '../../../support/tshark.ts';
import { ethernetFrame, icmpMessage, ipv4Packet, udpDatagram, words } from '../build-frame.ts';
import { labTraffic } from '../lab-traffic.ts';

const [a, b] = ['52:54:00:00:00:01', '52:54:00:00:00:02'];
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const ip = (protocol: number, payload: Buffer, more: object = {}): Buffer =>
  ipv4Packet(
    { source: '10.10.0.2', destination: '10.20.0.21', protocol, ttl: 63, tos: 0x28, ...more },
    payload,
  );
const onWire = (packet: Buffer): Buffer => ethernetFrame(b, a, 0x0800, packet);

/** What the traffic of a lab has not. */
const rare: readonly Buffer[] = [
  ethernetFrame(b, a, 0x0800, ip(17, udpDatagram(4000, 4001, Buffer.alloc(9))), [7, 100]),
  onWire(ip(112, hex('31336402003200000a0a00640a0a0065'), { ttl: 255 })),
  onWire(ip(112, hex('2101ff010005000001020304' + '00'.repeat(8)), { ttl: 255 })),
  onWire(
    ip(47, Buffer.concat([hex('200008000000002a'), ip(1, icmpMessage(8, 0, words(3, 4), Buffer.alloc(8)))])),
  ),
  onWire(ip(47, Buffer.concat([hex('00000800'), ip(17, udpDatagram(5, 6, Buffer.alloc(3)))]))),
  onWire(
    ip(1, icmpMessage(5, 1, Buffer.from([10, 20, 0, 254]), ip(17, udpDatagram(7000, 7001, Buffer.alloc(1))))),
  ),
  onWire(ip(1, icmpMessage(3, 1, words(0, 0), ip(17, udpDatagram(7000, 7001, Buffer.alloc(1)))))),
  onWire(ip(132, hex('0102030405060708'), { options: hex('94040000'), id: 0xbeef })),
  onWire(ip(17, udpDatagram(8000, 8001, Buffer.alloc(40)).subarray(0, 32), { fragment: 0x2000, id: 9 })),
  onWire(ip(17, Buffer.alloc(16), { fragment: 4, id: 10 })),
];

/** All IPv4 headers of a frame, the outermost first, those that ICMP quotes among them. */
function packetsOf(frame: DecodedFrame): Ipv4[] {
  const packets: Ipv4[] = [];
  let next: unknown = frame.payload;
  while (isPacket(next)) {
    packets.push(next);
    const { payload } = next;
    if (payload.kind === 'gre') next = payload.payload;
    else next = payload.kind === 'icmp' ? payload.quoted : payload;
  }
  return packets;
}

const isPacket = (value: unknown): value is Ipv4 => (value as { kind?: string } | undefined)?.kind === 'ipv4';

/** The payloads of one kind in all packets of a frame. */
function carried<Kind extends Ipv4['payload']['kind']>(frame: DecodedFrame, kind: Kind) {
  type Carried = Extract<Ipv4['payload'], { kind: Kind }>;
  return packetsOf(frame)
    .map(({ payload }) => payload)
    .filter((payload): payload is Carried => payload.kind === kind);
}

const number = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;
const bit = (value: boolean): string => (value ? '1' : '0');
const arp = (frame: DecodedFrame) => (frame.payload.kind === 'arp' ? [frame.payload] : []);
const tcp = (frame: DecodedFrame) => carried(frame, 'tcp');
const intervals = (frame: DecodedFrame, wanted: number) =>
  carried(frame, 'vrrp').flatMap(({ version, interval }) => (version === wanted ? [interval] : []));
const present = <T>(values: (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

/** By tshark's name of a field, its values in a frame as we decode it; tshark tells several one after the other. */
const fields: Readonly<Record<string, (frame: DecodedFrame) => (string | number)[]>> = {
  'eth.dst': (frame) => [frame.destination],
  'eth.src': (frame) => [frame.source],
  'vlan.id': (frame) => [...frame.vlans],
  'frame.len': (frame) => [frame.length],
  'arp.opcode': (frame) => arp(frame).map(({ operation }) => operation),
  'arp.src.hw_mac': (frame) => arp(frame).map(({ senderMac }) => senderMac),
  'arp.src.proto_ipv4': (frame) => arp(frame).map(({ senderIp }) => senderIp),
  'arp.dst.hw_mac': (frame) => arp(frame).map(({ targetMac }) => targetMac),
  'arp.dst.proto_ipv4': (frame) => arp(frame).map(({ targetIp }) => targetIp),
  'ip.src': (frame) => packetsOf(frame).map(({ source }) => source),
  'ip.dst': (frame) => packetsOf(frame).map(({ destination }) => destination),
  'ip.proto': (frame) => packetsOf(frame).map(({ protocol }) => protocol),
  'ip.ttl': (frame) => packetsOf(frame).map(({ ttl }) => ttl),
  'ip.dsfield.dscp': (frame) => packetsOf(frame).map(({ dscp }) => dscp),
  'ip.id': (frame) => packetsOf(frame).map(({ id }) => number(id, 4)),
  'ip.len': (frame) => packetsOf(frame).map(({ totalLength }) => totalLength),
  'ip.hdr_len': (frame) => packetsOf(frame).map(({ headerLength }) => headerLength),
  'ip.flags.df': (frame) => packetsOf(frame).map(({ dontFragment }) => bit(dontFragment)),
  'ip.flags.mf': (frame) => packetsOf(frame).map(({ moreFragments }) => bit(moreFragments)),
  // tshark tells it as it stands in the header, in units of 8 bytes.
  'ip.frag_offset': (frame) => packetsOf(frame).map(({ fragmentOffset }) => fragmentOffset / 8),
  'ip.checksum': (frame) => packetsOf(frame).map(({ checksum }) => number(checksum, 4)),
  // 1 is tshark's "Good".
  'ip.checksum.status': (frame) => packetsOf(frame).map(({ checksumRight }) => bit(checksumRight)),
  'tcp.srcport': (frame) => tcp(frame).map(({ sourcePort }) => sourcePort),
  'tcp.dstport': (frame) => tcp(frame).map(({ destinationPort }) => destinationPort),
  'tcp.seq': (frame) => tcp(frame).map(({ sequence }) => sequence),
  'tcp.ack': (frame) => tcp(frame).map(({ acknowledgment }) => acknowledgment),
  'tcp.flags.syn': (frame) => tcp(frame).map(({ flags }) => bit(flags.syn)),
  'tcp.flags.ack': (frame) => tcp(frame).map(({ flags }) => bit(flags.ack)),
  'tcp.flags.fin': (frame) => tcp(frame).map(({ flags }) => bit(flags.fin)),
  'tcp.flags.reset': (frame) => tcp(frame).map(({ flags }) => bit(flags.rst)),
  'tcp.flags.push': (frame) => tcp(frame).map(({ flags }) => bit(flags.psh)),
  'tcp.flags.urg': (frame) => tcp(frame).map(({ flags }) => bit(flags.urg)),
  'tcp.window_size_value': (frame) => tcp(frame).map(({ window }) => window),
  // Of a segment that is quoted tshark does not tell it.
  'tcp.len': (frame) => (carried(frame, 'icmp').length > 0 ? [] : tcp(frame).map(({ data }) => data.length)),
  'tcp.options.mss_val': (frame) => present(tcp(frame).map(({ options }) => options.mss)),
  'tcp.options.wscale.shift': (frame) => present(tcp(frame).map(({ options }) => options.windowScale)),
  'tcp.options.sack_perm': (frame) =>
    tcp(frame).flatMap(({ options }) => (options.sackPermitted ? ['0402'] : [])),
  'tcp.options.timestamp.tsval': (frame) =>
    present(tcp(frame).map(({ options }) => options.timestamps?.value)),
  'tcp.options.timestamp.tsecr': (frame) =>
    present(tcp(frame).map(({ options }) => options.timestamps?.echo)),
  'udp.srcport': (frame) => carried(frame, 'udp').map(({ sourcePort }) => sourcePort),
  'udp.dstport': (frame) => carried(frame, 'udp').map(({ destinationPort }) => destinationPort),
  'udp.length': (frame) => carried(frame, 'udp').map(({ length }) => length),
  'icmp.type': (frame) => carried(frame, 'icmp').map(({ type }) => type),
  'icmp.code': (frame) => carried(frame, 'icmp').map(({ code }) => code),
  'icmp.ident': (frame) => present(carried(frame, 'icmp').map(({ echo }) => echo?.id)),
  'icmp.seq': (frame) => present(carried(frame, 'icmp').map(({ echo }) => echo?.sequence)),
  'icmp.mtu': (frame) => present(carried(frame, 'icmp').map(({ nextHopMtu }) => nextHopMtu)),
  'icmp.redir_gw': (frame) => present(carried(frame, 'icmp').map(({ gateway }) => gateway)),
  'vrrp.version': (frame) => carried(frame, 'vrrp').map(({ version }) => version),
  'vrrp.virt_rtr_id': (frame) => carried(frame, 'vrrp').map(({ routerId }) => routerId),
  'vrrp.prio': (frame) => carried(frame, 'vrrp').map(({ priority }) => priority),
  // In seconds by version 2, in hundredths by version 3.
  'vrrp.adver_int': (frame) => intervals(frame, 2).map((interval) => interval / 1000),
  'vrrp.short_adver_int': (frame) => intervals(frame, 3).map((interval) => interval / 10),
  'vrrp.ip_addr': (frame) => carried(frame, 'vrrp').flatMap(({ addresses }) => addresses),
  'gre.proto': (frame) => carried(frame, 'gre').map(({ protocol }) => number(protocol, 4)),
  'gre.key': (frame) => present(carried(frame, 'gre').map(({ key }) => key && number(key, 8))),
};

/** tshark as it comes checks no header checksum, puts fragments together and counts TCP from 0: not what is on the wire. */
const preferences = ['ip.check_checksum:TRUE', 'ip.defragment:FALSE', 'tcp.relative_sequence_numbers:FALSE'];

it('decodes what tshark decodes, field by field', async () => {
  const file = `${temporaryFolder()}/every-protocol.pcapng`;
  const frames = [...labTraffic(120), ...rare];
  const damaged = Buffer.from(frames[0]!);
  damaged[damaged.length - 1]! ^= 1;
  damaged[24]! ^= 1;
  frames.push(damaged);
  const capture = openCapture(file, 0n, [{ id: 'client:eth0', segment: 'a' }]);
  for (const [index, frame] of frames.entries())
    capture.add({ port: 0, time: index, dropped: false }, frame, 0, frame.length);
  await capture.close();
  const names = Object.keys(fields);
  const rows = await tsharkFields(file, '', names, preferences);
  expect(rows).toHaveLength(frames.length);
  const seen = new Set<string>();
  for (const [index, frame] of frames.entries()) {
    const decoded = decodeFrame(frame);
    const ours = Object.fromEntries(names.map((name) => [name, fields[name]!(decoded).join(',')]));
    for (const [name, value] of Object.entries(ours)) if (value !== '') seen.add(name);
    expect(ours, `frame ${index}`).toEqual(
      Object.fromEntries(names.map((name, at) => [name, rows[index]![at]])),
    );
  }
  // A field that never came up was not compared.
  expect([...seen].toSorted()).toEqual(names.toSorted());
});
