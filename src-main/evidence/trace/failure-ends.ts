import type { Connection } from './connection.ts';
import type { Sighting } from './sighting.ts';

/** The last frame of a connection one way: what it was, and between whom. */
export interface LastFrame {
  /** `SYN`, `FIN,ACK`, `data`, or what an ICMP error says. */
  readonly what: string;
  readonly from: string;
  /** Null for one that is not of the lab. */
  readonly to: string | null;
}

/** How failed connections ended on the wires: those that ended alike are one. */
export interface FailureEnd {
  count: number;
  readonly server: string | null;
  readonly request: LastFrame | null;
  readonly reply: LastFrame | null;
  /** Of the first of them: its last frame. */
  readonly frame: number;
}

const endsKept = 16;

/** Counts how a failed connection ended. */
export function noteEnd(ends: Map<string, FailureEnd>, { hops, server }: Connection): void {
  const last = (direction: Sighting['direction']) => hops.findLast((hop) => hop.direction === direction);
  const [request, reply] = [lastFrame(last('request')), lastFrame(last('reply'))];
  const key = JSON.stringify([server, request, reply]);
  const known = ends.get(key);
  if (known) known.count += 1;
  else if (ends.size < endsKept)
    ends.set(key, { count: 1, server, request, reply, frame: hops.at(-1)?.sequence ?? 0 });
}

function lastFrame(hop: Sighting | undefined): LastFrame | null {
  if (!hop) return null;
  return { what: whatOf(hop), from: hop.from, to: hop.to };
}

function whatOf({ icmp, tcpFlags, dataLength }: Sighting): string {
  if (icmp !== null) return `ICMP "${icmp}"`;
  if (tcpFlags?.rst) return 'RST';
  if (tcpFlags?.syn) return tcpFlags.ack ? 'SYN-ACK' : 'SYN';
  if (dataLength > 0) return 'data';
  if (tcpFlags?.fin) return 'FIN';
  return tcpFlags ? 'ACK' : 'fragment';
}
