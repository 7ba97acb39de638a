import { describe, expect, it } from 'vitest';
import { frameFilterSchema } from '../../../src-main/contract/frame-filter.ts';
import { decodeFrame } from '../../../src-main/wire/decode/decode-frame.ts';
import { parseFrameFilter } from '../../../src-main/wire/frame-filter-text.ts';
import { matches, type FrameFilter } from '../../../src-main/wire/frame-filter.ts';
import {
  arpPacket,
  ethernetFrame,
  icmpMessage,
  ipv4Packet,
  tcpSegment,
  udpDatagram,
  words,
} from './build-frame.ts';

const [a, b] = ['52:54:00:00:00:01', '52:54:00:00:00:02'];
const vip = '10.10.0.100';
const ip = (protocol: number, payload: Buffer, more: object = {}): Buffer =>
  ipv4Packet({ source: '10.10.0.10', destination: vip, protocol, ...more }, payload);
const syn = tcpSegment({ sourcePort: 40_000, destinationPort: 80, flags: 2 });
const onWire = (packet: Buffer): Buffer => ethernetFrame(b, a, 0x0800, packet);

const frames = {
  arpRequest: ethernetFrame(b, a, 0x0806, arpPacket(1, { mac: a, ip: '10.10.0.10' }, { mac: b, ip: vip })),
  arpReply: ethernetFrame(a, b, 0x0806, arpPacket(2, { mac: b, ip: vip }, { mac: a, ip: '10.10.0.10' })),
  syn: onWire(ip(6, syn)),
  udp: onWire(ip(17, udpDatagram(80, 5000, Buffer.alloc(4)))),
  laterFragment: onWire(ip(17, Buffer.alloc(8), { fragment: 3 })),
  tooLong: onWire(ip(1, icmpMessage(3, 4, words(0, 1480), ip(6, syn)))),
  echo: onWire(ip(1, icmpMessage(8, 0, words(1, 1), Buffer.alloc(4)))),
  tunnel: onWire(ipv4Packet({ source: '10.10.0.2', destination: '10.10.0.21', protocol: 4 }, ip(6, syn))),
  gre: onWire(ip(47, Buffer.concat([words(0, 0x0800), ip(6, syn, { source: '1.2.3.4' })]))),
  vrrp: onWire(ip(112, Buffer.from('2133640000010000', 'hex'))),
  unknown: ethernetFrame(b, a, 0x86dd, Buffer.alloc(40)),
};
type Name = keyof typeof frames;
const all = Object.keys(frames) as Name[];
const inIpv4 = all.filter((name) => !name.startsWith('arp') && name !== 'unknown');

const matching = (filter: FrameFilter) => all.filter((name) => matches(filter, decodeFrame(frames[name])));

const cases: readonly [text: string, filter: FrameFilter, matched: readonly Name[]][] = [
  ['arp', { protocol: 'arp' }, ['arpRequest', 'arpReply']],
  ['arp.reply', { arpOperation: 2 }, ['arpReply']],
  [`arp.reply arp.sender=${vip}`, { arpOperation: 2, arpSenderIp: vip }, ['arpReply']],
  ['arp.reply arp.sender=10.10.0.10', { arpOperation: 2, arpSenderIp: '10.10.0.10' }, []],
  [`arp.request arp.target=${vip}`, { arpOperation: 1, arpTargetIp: vip }, ['arpRequest']],
  ['ipv4', { protocol: 'ipv4' }, inIpv4],
  ['ip.proto=112', { ipProtocol: 112 }, ['vrrp']],
  ['vrrp', { protocol: 'vrrp' }, ['vrrp']],
  ['gre', { protocol: 'gre' }, ['gre']],
  ['udp', { protocol: 'udp' }, ['udp', 'laterFragment']],
  ['icmp icmp.type=3 icmp.code=4', { protocol: 'icmp', icmpType: 3, icmpCode: 4 }, ['tooLong']],
  ['icmp', { protocol: 'icmp' }, ['tooLong', 'echo']],
  ['port=80', { port: 80 }, ['syn', 'udp']],
  ['tcp port=80', { protocol: 'tcp', port: 80 }, ['syn']],
  ['port.src=80', { sourcePort: 80 }, ['udp']],
  ['port.dst=80', { destinationPort: 80 }, ['syn']],
  ['ip.src=10.10.0.2', { source: '10.10.0.2' }, ['tunnel']],
  ['ip.dst=10.10.0.21 ipip', { destination: '10.10.0.21', protocol: 'ipip' }, ['tunnel']],
  ['tcp.flags=syn,!ack', { tcpFlags: { syn: true, ack: false } }, ['syn']],
  ['tcp.flags=ack', { tcpFlags: { ack: true } }, []],
  ['eth.src=52:54:00:00:00:02', { sourceMac: b }, ['arpReply']],
  ['  eth.dst=52:54:00:00:00:01  arp ', { destinationMac: a, protocol: 'arp' }, ['arpReply']],
  [
    `inner.ip.dst=${vip} inner.tcp`,
    { inner: { destination: vip, protocol: 'tcp' } },
    ['tooLong', 'tunnel', 'gre'],
  ],
  ['ipip inner.port.dst=80', { protocol: 'ipip', inner: { destinationPort: 80 } }, ['tunnel']],
  ['inner.inner.tcp', { inner: { inner: { protocol: 'tcp' } } }, []],
  ['inner.arp', { inner: { protocol: 'arp' } }, []],
];

describe('a frame filter', () => {
  it.each(cases)("'%s' means the frames it should, and no others", (text, filter, matched) => {
    expect(parseFrameFilter(text)).toEqual(filter);
    expect(matching(filter)).toEqual(matched);
  });

  it('without a condition means every frame', () => {
    expect(matching({})).toEqual(all);
  });

  it('crosses to a worker, and is what its schema says', () => {
    for (const [, filter] of cases) expect(frameFilterSchema.parse(structuredClone(filter))).toEqual(filter);
  });

  it.each([
    { ipProtocol: 256 },
    { source: '10.0.0' },
    { sourceMac: 'AA:00:00:00:00:00' },
    { inner: { port: -1 } },
    { colour: 'red' },
    { tcpFlags: { ece: true } },
  ])('is refused as %o', (filter) => {
    expect(frameFilterSchema.safeParse(filter).success).toBe(false);
  });
});

describe('parseFrameFilter', () => {
  it('takes MACs in capitals', () => {
    expect(parseFrameFilter('eth.src=52:54:00:AB:CD:EF')).toEqual({ sourceMac: '52:54:00:ab:cd:ef' });
  });

  it.each([
    ['arp.replies', /no word 'arp.replies'/],
    ['tcp colour=red', /no word 'colour' as in 'colour=red'/],
    ['inner.constructor', /no word 'constructor' as in 'inner.constructor'/],
    ['ip.proto=300', /'ip.proto=300': ip.proto takes a number from 0 to 255/],
    ['icmp.type=', /icmp.type takes a number/],
    ['port', /'port': port takes a number from 0 to 65535/],
    ['port=0x50', /port takes/],
    ['ip.src=10.10.0', /ip.src takes an IPv4 address/],
    ['eth.dst=52:54', /eth.dst takes a MAC/],
    ['tcp.flags=syn,urgent', /tcp.flags takes flags such as syn,!ack/],
    ['tcp=80', /'tcp' in 'tcp=80' takes no value/],
    ['tcp udp', /'udp' says again/],
    ['arp.request arp.reply', /'arp.reply' says again/],
    ['', /needs a word/],
  ])("refuses '%s', naming the wrong word and the known ones", (text, message) => {
    expect(() => parseFrameFilter(text)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringMatching(message) as string,
        details: { remedy: expect.stringMatching(/arp\.reply.*ip\.proto=.*tcp\.flags=/) as string },
      }) as Error,
    );
  });
});
