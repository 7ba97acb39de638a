import type { PortCounters } from './switch-port.ts';

/** Destination and source MAC, EtherType. */
const headerBytes = 14;
/** More addresses than this in one segment are not learnt but flooded: a guest cannot eat the host's memory. */
const learntAtMost = 4096;

/** The counters of a port that forwarding itself keeps; the rest belong to sockets and kernel. */
export type PortTally = {
  -readonly [K in keyof Omit<PortCounters, 'id' | 'segment' | 'lostBySwitch' | 'lostByGuest'>]: number;
};

/** An Ethernet switch without sockets. Ports are known by their index. */
export interface Forwarding {
  /**
   * Counts a frame that a guest sent. False: it is no Ethernet frame or the port has no cable, and it must be neither
   * recorded nor forwarded.
   */
  receive(port: number, length: number): boolean;
  /**
   * Learns the source of a frame that was received at a port, and says which ports it goes out at. The answer is good
   * until the next call.
   */
  forward(port: number, memory: Uint8Array, offset: number, length: number): readonly number[];
  /** Moves a port's cable; what was learnt at the port is forgotten. */
  move(port: number, segment: string | null): void;
  segmentOf(port: number): string | null;
  /** The live counters of a port. */
  tally(port: number): PortTally;
}

interface Port {
  segment: string | null;
  readonly tally: PortTally;
  /** The port alone, as an answer. */
  readonly alone: readonly number[];
  /** The other ports of its segment. */
  others: readonly number[];
}

const nowhere: readonly number[] = [];

const nothingYet: PortTally = {
  rxFrames: 0,
  rxBytes: 0,
  txFrames: 0,
  txBytes: 0,
  dropped: 0,
  refused: 0,
  malformed: 0,
  unplugged: 0,
  unsent: 0,
  impaired: 0,
};

export function createForwarding(segments: readonly (string | null)[]): Forwarding {
  const ports = segments.map<Port>((segment, index) => ({
    segment,
    tally: { ...nothingYet },
    alone: [index],
    others: nowhere,
  }));
  /** By segment, then by MAC address as a number. */
  const learnt = new Map<string, Map<number, number>>();
  joinSegments(ports);
  return {
    receive(index, length) {
      const port = at(ports, index);
      if (length < headerBytes) {
        port.tally.malformed++;
        return false;
      }
      if (port.segment === null) {
        port.tally.unplugged++;
        return false;
      }
      port.tally.rxFrames++;
      port.tally.rxBytes += length;
      return true;
    },
    forward(index, memory, offset, length) {
      const port = at(ports, index);
      const egress = route(port, index, learnt, memory, offset);
      if (egress.length === 0) port.tally.dropped++;
      for (const out of egress) {
        const { tally } = at(ports, out);
        tally.txFrames++;
        tally.txBytes += length;
      }
      return egress;
    },
    move(index, segment) {
      const port = at(ports, index);
      if (port.segment !== null) forget(learnt.get(port.segment), index);
      port.segment = segment;
      joinSegments(ports);
    },
    segmentOf: (index) => at(ports, index).segment,
    tally: (index) => at(ports, index).tally,
  };

  function route(port: Port, index: number, tables: typeof learnt, memory: Uint8Array, offset: number) {
    if (port.segment === null) return nowhere;
    let table = tables.get(port.segment);
    if (!table) tables.set(port.segment, (table = new Map<number, number>()));
    if (!isGroup(memory, offset + 6)) learn(table, macAt(memory, offset + 6), index);
    if (isGroup(memory, offset)) return port.others;
    const known = table.get(macAt(memory, offset));
    if (known === undefined) return port.others;
    return known === index ? nowhere : at(ports, known).alone;
  }
}

function joinSegments(ports: readonly Port[]): void {
  for (const port of ports) {
    port.others =
      port.segment === null
        ? nowhere
        : ports.flatMap((other, index) => (other !== port && other.segment === port.segment ? [index] : []));
  }
}

function learn(table: Map<number, number>, mac: number, port: number): void {
  if (table.get(mac) === port) return;
  if (table.size < learntAtMost || table.has(mac)) table.set(mac, port);
}

function forget(table: Map<number, number> | undefined, port: number): void {
  for (const [mac, learntAt] of table ?? []) if (learntAt === port) table?.delete(mac);
}

/** Broadcast or multicast: the lowest bit of the first byte (IEEE 802, the I/G bit). */
function isGroup(memory: Uint8Array, offset: number): boolean {
  return ((memory[offset] ?? 0) & 1) === 1;
}

function macAt(memory: Uint8Array, offset: number): number {
  const byte = (index: number) => memory[offset + index] ?? 0;
  const high = (byte(0) << 8) | byte(1);
  return high * 2 ** 32 + byte(2) * 2 ** 24 + ((byte(3) << 16) | (byte(4) << 8) | byte(5));
}

/** An index that the caller owes us to be right; a wrong one is a fault in the program. */
function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`the switch has no port ${index}`);
  return item;
}
