import type { FrameView } from '../../contract/frames.ts';
import { mapLab, type LabMap, type LabView } from '../../evidence/lab-map.ts';
import { unwrap } from '../../evidence/trace/unwrap.ts';
import type { DecodedFrame } from '../../wire/decode/decoded-frame.ts';
import { ipProtocol } from '../../wire/decode/ip-protocol.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import { frameWords } from './frame-words.ts';
import { servicePart } from './service-part.ts';

/** Who is who on a lab's wires, and who shares which. */
export interface WireMap extends LabMap {
  /** By segment, the nodes with a cable in it. */
  readonly nodesOn: ReadonlyMap<string | null, readonly string[]>;
}

/** Reads a plan as its wires will show it: cables are taken for where they now are. */
export function mapWire(lab: LabView): WireMap {
  const nodesOn = new Map<string | null, string[]>();
  for (const { name, nics } of lab.nodes) {
    for (const segment of new Set(nics.map((nic) => nic.segment)))
      nodesOn.set(segment, [...(nodesOn.get(segment) ?? []), name]);
  }
  return { ...mapLab(lab), nodesOn };
}

const kinds = new Map<number, FrameView['kind']>(
  (['icmp', 'ipip', 'tcp', 'udp', 'gre', 'vrrp'] as const).map((name) => [ipProtocol[name], name]),
);

/** A frame of the record in one line. `decoded` is the record's own frame, taken apart. */
export function toFrameView(record: FrameRecord, decoded: DecodedFrame, map: WireMap): FrameView {
  const { sequence, time, port, segment, fate } = record;
  const packet = decoded.payload.kind === 'ipv4' ? decoded.payload : null;
  const inside = packet && unwrap(packet);
  const from = nodeOfPort(port);
  return {
    ...{ sequence, time, port, from, segment },
    to: addressees(decoded.destination, { from, segment }, map),
    sourceMac: decoded.source,
    destinationMac: decoded.destination,
    kind: kindOf(decoded),
    source: packet?.source ?? null,
    destination: packet?.destination ?? null,
    inner: inside?.outer ? { source: inside.packet.source, destination: inside.packet.destination } : null,
    part: inside && servicePart(inside.packet, from, map),
    info: frameWords(decoded),
    length: decoded.length,
    dropped: fate === 'dropped',
  };
}

function kindOf({ payload }: DecodedFrame): FrameView['kind'] {
  if (payload.kind === 'ipv4') return kinds.get(payload.protocol) ?? 'ipv4';
  return payload.kind === 'arp' ? 'arp' : 'other';
}

/** The node of a port, `node:nic`. */
export function nodeOfPort(port: string): string {
  return port.slice(0, port.indexOf(':'));
}

function addressees(
  mac: string,
  { from, segment }: { from: string; segment: string | null },
  { nodeByMac, nodesOn }: WireMap,
): string[] {
  if (isForMany(mac)) return (nodesOn.get(segment) ?? []).filter((node) => segment !== null && node !== from);
  const node = nodeByMac.get(mac);
  return node === undefined ? [] : [node];
}

/** Broadcast or multicast: the lowest bit of a MAC's first byte is set (IEEE 802). */
function isForMany(mac: string): boolean {
  return (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
}
