import { arpPacket, ethernetFrame, icmpMessage, ipv4Packet, tcpSegment, words } from './build-frame.ts';

/*
 * The frames of HTTP requests to a virtual service, as they cross a lab in each of the three modes.
 */

const vip = '10.10.0.100';
const [client, director, server] = [
  { mac: '52:54:00:00:00:01', ip: '10.10.0.10' },
  { mac: '52:54:00:00:00:02', ip: '10.10.0.2' },
  { mac: '52:54:00:00:00:03', ip: '10.10.0.21' },
];
type Host = typeof client;

/** What a segment is in the conversation, with the length of its data. */
const conversation: readonly { fromClient: boolean; flags: number; data: number }[] = [
  { fromClient: true, flags: 0x02, data: 0 },
  { fromClient: false, flags: 0x12, data: 0 },
  { fromClient: true, flags: 0x10, data: 0 },
  { fromClient: true, flags: 0x18, data: 78 },
  { fromClient: false, flags: 0x10, data: 0 },
  { fromClient: false, flags: 0x18, data: 240 },
  { fromClient: false, flags: 0x10, data: 1448 },
  { fromClient: true, flags: 0x10, data: 0 },
  { fromClient: true, flags: 0x11, data: 0 },
  { fromClient: false, flags: 0x11, data: 0 },
  { fromClient: true, flags: 0x10, data: 0 },
];

/** The options that Linux sends: on a SYN MSS, SACK, timestamps and window scale; timestamps after it. */
const synOptions = Buffer.from('020405b40402080a0000000a0000000001030307', 'hex');
const laterOptions = Buffer.from('0101080a0000000b0000000a', 'hex');

function segment(request: number, step: number, toPort: number): Buffer {
  const { fromClient, flags, data } = conversation[step]!;
  const clientPort = 32_768 + (request % 28_000);
  return tcpSegment(
    {
      sourcePort: fromClient ? clientPort : toPort,
      destinationPort: fromClient ? toPort : clientPort,
      sequence: 1000 + request * 4000 + step,
      acknowledgment: flags & 0x10 ? 9000 + request : 0,
      flags,
      options: flags & 0x02 ? synOptions : laterOptions,
    },
    Buffer.alloc(data, 0x61),
  );
}

function hop(from: Host, to: Host, packet: Buffer): Buffer {
  return ethernetFrame(to.mac, from.mac, 0x0800, packet);
}

function tcp(source: string, destination: string, payload: Buffer): Buffer {
  return ipv4Packet({ source, destination, protocol: 6 }, payload);
}

const hops = {
  nat: (request: number, step: number) => {
    const payload = segment(request, step, 80);
    return conversation[step]!.fromClient
      ? [
          hop(client, director, tcp(client.ip, vip, payload)),
          hop(director, server, tcp(client.ip, server.ip, payload)),
        ]
      : [
          hop(server, director, tcp(server.ip, client.ip, payload)),
          hop(director, client, tcp(vip, client.ip, payload)),
        ];
  },
  dr: (request: number, step: number) => {
    const payload = segment(request, step, 80);
    if (!conversation[step]!.fromClient) return [hop(server, client, tcp(vip, client.ip, payload))];
    const packet = tcp(client.ip, vip, payload);
    return [hop(client, director, packet), hop(director, server, packet)];
  },
  tun: (request: number, step: number) => {
    const payload = segment(request, step, 80);
    if (!conversation[step]!.fromClient) return [hop(server, client, tcp(vip, client.ip, payload))];
    const packet = tcp(client.ip, vip, payload);
    const outer = ipv4Packet({ source: director.ip, destination: server.ip, protocol: 4 }, packet);
    return [hop(client, director, packet), hop(director, server, outer)];
  },
};

/** What a lab has beside its requests: ARP both ways, a VRRP advertisement, a ping, a message about the MTU. */
function besides(): Buffer[] {
  const advertisement = Buffer.from('2133640100010000' + '0a0a0064' + '0000000000000000', 'hex');
  const echo = icmpMessage(8, 0, words(7, 1), Buffer.alloc(56, 1));
  const tooLong = tcp(client.ip, vip, segment(0, 6, 80)).subarray(0, 548);
  const ip = (from: string, to: string, protocol: number, payload: Buffer) =>
    ipv4Packet({ source: from, destination: to, protocol }, payload);
  return [
    ethernetFrame(
      'ff:ff:ff:ff:ff:ff',
      client.mac,
      0x0806,
      arpPacket(1, client, { mac: '00:00:00:00:00:00', ip: vip }),
    ),
    ethernetFrame(client.mac, director.mac, 0x0806, arpPacket(2, { ...director, ip: vip }, client)),
    ethernetFrame(
      '01:00:5e:00:00:12',
      director.mac,
      0x0800,
      ip(director.ip, '224.0.0.18', 112, advertisement),
    ),
    hop(client, server, ip(client.ip, server.ip, 1, echo)),
    hop(director, client, ip(director.ip, client.ip, 1, icmpMessage(3, 4, words(0, 1480), tooLong))),
  ];
}

/** So many frames: requests in NAT, DR and TUN by turns, with the rest of a lab's traffic after every tenth. */
export function* labTraffic(count: number): Generator<Buffer> {
  const modes = [hops.nat, hops.dr, hops.tun];
  let frames = 0;
  for (let request = 0; ; request++) {
    const mode = modes[request % modes.length]!;
    const around = request % 10 === 0 ? besides() : [];
    for (const frame of [...conversation.flatMap((_, step) => mode(request, step)), ...around]) {
      if (frames++ === count) return;
      yield frame;
    }
  }
}
