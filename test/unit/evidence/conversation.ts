import { labFrame, type LabFrame } from '../../../src-main/evidence/lab-frame.ts';
import type { FrameRecord } from '../../../src-main/wire/switch-port.ts';
import { addressesOf, type EvidenceMode, type LabView } from '../../../src-main/evidence/lab-map.ts';
import { icmpMessage, ipv4Packet, tcpSegment, udpDatagram, words } from '../wire/build-frame.ts';
import { clientIp, exampleLab, servers, vip } from './example-lab.ts';
import { createWire, type Wire } from './wire.ts';

/** What a real server does with requests, as its faults show on the wires (docs: what breaks, and what is seen). */
export type Conduct =
  | 'answers'
  /** Throws everything away: VIP missing, rp_filter. */
  | 'silent'
  /** Nothing listens: RST. */
  | 'refuses'
  /** tunl0 is down: ICMP protocol unreachable. */
  | 'unreachable'
  /** Its gateway does not exist: it asks for it and sends nothing. */
  | 'gateway-away'
  /** In NAT its reply goes to the client directly, with its own address. */
  | 'past-director';

export interface Traffic {
  readonly mode: EvidenceMode;
  readonly lab?: LabView;
  readonly requests?: number;
  readonly conduct?: Partial<Record<(typeof servers)[number], Conduct>>;
  /** The director forwards no replies: ip_forward is 0. */
  readonly heldBack?: boolean;
  /** Real servers that answer ARP for the VIP. */
  readonly arpAnswers?: readonly string[];
  /** Real servers that ask in the name of the VIP. */
  readonly arpAnnounces?: readonly string[];
  /** Whose MAC the client takes for the VIP's. */
  readonly taken?: string;
  /** How the director hands on, where not as the mode does. */
  readonly work?: EvidenceMode;
  /** Real servers that get their requests in GUE, at UDP port 5555. */
  readonly gue?: readonly string[];
  /** Real servers whose requests the director rewrites whole: to their RIP, from an address and a port of its own. */
  readonly masqueraded?: readonly string[];
  /** Requests that the director refuses with ICMP, as it does where its scheduler has no real server; counted from 0. */
  readonly refusedByDirector?: readonly number[];
  /** Where the requests come from by turns; the client's own address without. */
  readonly sources?: readonly string[];
  /** The status line of the answers. */
  readonly status?: string;
}

const none = Buffer.alloc(0);
const [syn, ack, synAck, pushAck, finAck, rstAck, rst] = [0x02, 0x10, 0x12, 0x18, 0x11, 0x14, 0x04];
const protocol = { icmp: 1, ipip: 4, tcp: 6 };

/** The frames of requests through an example lab, one after another: 6 packets there and 4 back of each good one. */
export function conversation(traffic: Traffic): LabFrame[] {
  return conversationRecords(traffic).map(labFrame);
}

/** The same as the switch records them. */
export function conversationRecords(traffic: Traffic): FrameRecord[] {
  const lab = traffic.lab ?? exampleLab(traffic.mode);
  const wire = createWire(lab);
  askForVip(wire, traffic);
  for (let index = 0; index < (traffic.requests ?? 4); index++) {
    request(wire, lab, traffic, index);
    wire.wait(20);
  }
  return wire.records;
}

function askForVip(wire: Wire, { arpAnswers = [], arpAnnounces = [] }: Traffic): void {
  wire.arp('client', 1, clientIp, vip);
  for (const node of ['director', ...arpAnswers]) wire.arp(node, 2, vip, clientIp, 'client');
  for (const node of arpAnnounces) wire.arp(node, 1, vip, clientIp);
}

interface Talk {
  readonly wire: Wire;
  readonly lab: LabView;
  readonly traffic: Traffic;
  readonly server: (typeof servers)[number];
  readonly serverIp: string;
  readonly client: string;
  readonly port: number;
  /** Next IP ids and sequence numbers of both ends. */
  readonly id: { client: number; server: number };
  readonly sequence: { client: number; server: number };
}

function request(wire: Wire, lab: LabView, traffic: Traffic, index: number): void {
  const server = servers[index % servers.length] ?? 'rs1';
  const talk: Talk = {
    ...{ wire, lab, traffic, server, port: 40_000 + index },
    serverIp: addressesOf(lab, server)[0] ?? '',
    client: traffic.sources?.[index % traffic.sources.length] ?? clientIp,
    id: { client: (100 * index) % 65_000, server: (7000 + 100 * index) % 65_000 },
    // The real servers' numbers pass 2^32 within the reply.
    sequence: { client: 1000 * index, server: (0xffffffe8 + index) >>> 0 },
  };
  if (traffic.refusedByDirector?.includes(index)) refusedAtOnce(talk);
  else handedOn(talk);
}

function handedOn(talk: Talk): void {
  const conduct = talk.traffic.conduct?.[talk.server] ?? 'answers';
  there(talk, syn);
  if (conduct === 'answers') answer(talk);
  else if (conduct === 'refuses') back(talk, rstAck);
  else if (conduct === 'unreachable') unreachable(talk);
  else if (conduct === 'past-director') strayed(talk);
  else unanswered(talk, conduct);
}

function answer(talk: Talk): void {
  back(talk, synAck);
  if (talk.traffic.heldBack) {
    talk.wire.wait(1000);
    talk.sequence.server -= 1;
    back(talk, synAck);
    talk.wire.wait(2000);
    return;
  }
  there(talk, ack);
  there(talk, pushAck, Buffer.from('GET /?1 HTTP/1.1\r\nHost: lab\r\n\r\n'));
  back(talk, ack);
  back(talk, pushAck, Buffer.from(`HTTP/1.1 ${talk.traffic.status ?? '200 OK'}\r\n\r\n${talk.server}`));
  there(talk, ack);
  there(talk, finAck);
  back(talk, finAck);
  there(talk, ack);
}

function unanswered(talk: Talk, conduct: Conduct): void {
  for (const pause of [1000, 2000]) {
    if (conduct === 'gateway-away') talk.wire.arp(talk.server, 1, talk.serverIp, '10.20.0.99');
    talk.wire.wait(pause);
    talk.sequence.client -= 1;
    there(talk, syn);
  }
  talk.wire.wait(2000);
}

function strayed({ wire, server, serverIp, port, sequence, id }: Talk): void {
  const reply = { sourcePort: 80, destinationPort: port, sequence: sequence.server, flags: synAck };
  const packet = { source: serverIp, destination: clientIp, protocol: protocol.tcp };
  wire.ip(server, 'client', ipv4Packet(packet, tcpSegment({ ...reply, acknowledgment: sequence.client })));
  const reset = { sourcePort: port, destinationPort: 80, sequence: sequence.client, flags: rst };
  const answer = { source: clientIp, destination: serverIp, protocol: protocol.tcp, id: id.client };
  wire.ip('client', server, ipv4Packet(answer, tcpSegment(reset)));
}

/** What ip_vs_leave() sends where the service has no real server for a request. */
function refusedAtOnce({ wire, client, port, sequence, id }: Talk): void {
  const packet = ipv4Packet(
    { source: client, destination: vip, protocol: protocol.tcp, id: id.client++ },
    tcpSegment({ sourcePort: port, destinationPort: 80, sequence: sequence.client, flags: syn }),
  );
  wire.ip('client', 'director', packet);
  const header = { source: vip, destination: client, protocol: protocol.icmp };
  wire.ip('director', 'client', ipv4Packet(header, icmpMessage(3, 3, words(0, 0), packet)));
}

/** The real server refuses protocol 4; the director tells the client so of its own packet. */
function unreachable({ wire, server, serverIp, port, sequence }: Talk): void {
  const inner = ipv4Packet(
    { source: clientIp, destination: vip, protocol: protocol.tcp },
    tcpSegment({ sourcePort: port, destinationPort: 80, sequence: sequence.client - 1, flags: syn }),
  );
  const outer = ipv4Packet({ source: '10.10.0.2', destination: serverIp, protocol: protocol.ipip }, inner);
  const says = (source: string, destination: string, quoted: Buffer) =>
    ipv4Packet({ source, destination, protocol: protocol.icmp }, icmpMessage(3, 2, words(0, 0), quoted));
  wire.ip(server, 'director', says(serverIp, '10.10.0.2', outer));
  wire.ip('director', 'client', says(vip, clientIp, inner));
}

/** A segment of the client, on every wire up to the real server. */
function there(talk: Talk, flags: number, data = none): void {
  const { wire, traffic, server, serverIp, client, port, sequence, id } = talk;
  const acknowledgment = flags === syn ? 0 : sequence.server;
  const segment = { sourcePort: port, destinationPort: 80, sequence: sequence.client, acknowledgment, flags };
  const tcp = tcpSegment(segment, data);
  const header = { source: client, destination: vip, protocol: protocol.tcp, id: id.client++ };
  sequence.client += data.length + (flags & 0x03 ? 1 : 0);
  const taken = traffic.taken ?? 'director';
  wire.ip('client', taken, ipv4Packet(header, tcp));
  if (taken !== 'director') return;
  const passed = { ...header, ttl: 63 };
  const alias = aliasOf(talk);
  if (alias) {
    const ends = { ...passed, source: alias.address, destination: serverIp };
    wire.ip('director', server, ipv4Packet(ends, tcpSegment({ ...segment, sourcePort: alias.port }, data)));
    return;
  }
  const work = traffic.work ?? traffic.mode;
  const onward = ipv4Packet(work === 'nat' ? { ...passed, destination: serverIp } : passed, tcp);
  const outer = { source: '10.10.0.2', destination: serverIp, protocol: protocol.ipip };
  if (traffic.gue?.includes(server)) {
    const datagram = udpDatagram(
      40_000,
      5555,
      Buffer.concat([Buffer.from([0, protocol.ipip, 0, 0]), onward]),
    );
    wire.ip('director', server, ipv4Packet({ ...outer, protocol: 17 }, datagram));
  } else wire.ip('director', server, work === 'tun' ? ipv4Packet(outer, onward) : onward);
}

/** What stands for the client behind a director that masquerades. */
function aliasOf({ lab, traffic, server, port }: Talk): { address: string; port: number } | undefined {
  if (!traffic.masqueraded?.includes(server)) return undefined;
  return { address: addressesOf(lab, 'director').at(-1) ?? '', port: port + 21_000 };
}

/** A segment of the real server, on every wire up to the client. A SYN-ACK has the id 0, as Linux sends it. */
function back(talk: Talk, flags: number, data = none): void {
  const { wire, traffic, server, serverIp, client, port, sequence, id } = talk;
  const segment = {
    ...{ sourcePort: 80, destinationPort: port, sequence: sequence.server },
    ...{ acknowledgment: sequence.client, flags },
  };
  const tcp = tcpSegment(segment, data);
  sequence.server = (sequence.server + data.length + (flags & 0x03 ? 1 : 0)) >>> 0;
  const header = { destination: client, protocol: protocol.tcp, id: flags === synAck ? 0 : id.server++ };
  const alias = aliasOf(talk);
  if (alias) {
    const own = tcpSegment({ ...segment, destinationPort: alias.port }, data);
    wire.ip(server, 'director', ipv4Packet({ ...header, source: serverIp, destination: alias.address }, own));
    wire.ip('director', 'client', ipv4Packet({ ...header, source: vip, ttl: 63 }, tcp));
    return;
  }
  if (traffic.mode !== 'nat') {
    wire.ip(server, 'client', ipv4Packet({ ...header, source: vip }, tcp));
    return;
  }
  wire.ip(server, 'director', ipv4Packet({ ...header, source: serverIp }, tcp));
  if (!traffic.heldBack) wire.ip('director', 'client', ipv4Packet({ ...header, source: vip, ttl: 63 }, tcp));
}
