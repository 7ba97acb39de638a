import type { LabView } from '../../../src-main/evidence/lab-map.ts';
import type { FrameRecord } from '../../../src-main/wire/switch-port.ts';
import { arpPacket, ethernetFrame } from '../wire/build-frame.ts';

type Nic = LabView['nodes'][number]['nics'][number];
const everyone = 'ff:ff:ff:ff:ff:ff';

/** A lab's wires, on which frames are put by hand, as they come out of guests. */
export interface Wire {
  readonly records: FrameRecord[];
  /** An IPv4 packet, a microsecond after what came before. @param to A node of the same segment, or a MAC. */
  ip(from: string, to: string, packet: Buffer): void;
  arp(from: string, operation: 1 | 2, senderIp: string, targetIp: string, to?: string): void;
  /** Lets time go by, in milliseconds. */
  wait(milliseconds: number): void;
}

export function createWire(lab: LabView): Wire {
  const records: FrameRecord[] = [];
  let time = 0;
  const nicsOf = (name: string) => lab.nodes.find((node) => node.name === name)?.nics ?? [];

  /** The two NICs, in one segment where there is one that both are in. */
  function between(from: string, to: string): [Nic, Nic | undefined] {
    const pairs = nicsOf(from).flatMap((one) => nicsOf(to).map((other): [Nic, Nic] => [one, other]));
    const shared = pairs.find(([one, other]) => one.segment !== null && one.segment === other.segment);
    return shared ?? [nicsOf(from)[0]!, undefined];
  }

  function put(from: string, nic: Nic, bytes: Buffer): void {
    time += 1000;
    records.push({
      sequence: records.length,
      time,
      port: `${from}:${nic.name}`,
      segment: nic.segment,
      bytes,
    });
  }

  return {
    records,
    wait(milliseconds) {
      time += milliseconds * 1e6;
    },
    ip(from, to, packet) {
      const [own, other] = between(from, to);
      put(from, own, ethernetFrame(other?.mac ?? to, own.mac, 0x0800, packet));
    },
    arp(from, operation, senderIp, targetIp, to) {
      const [own, other] = to === undefined ? [nicsOf(from)[0]!, undefined] : between(from, to);
      const target = { mac: other?.mac ?? '00:00:00:00:00:00', ip: targetIp };
      const payload = arpPacket(operation, { mac: own.mac, ip: senderIp }, target);
      put(from, own, ethernetFrame(other?.mac ?? everyone, own.mac, 0x0806, payload));
    },
  };
}
