import type { LabMap } from '../lab-map.ts';
import type { Sighting } from './sighting.ts';

/**
 * What the director did to a request that it handed on, or to a reply on its way back:
 * - `mac-only`: nothing in the IP packet but the time to live changed;
 * - `addresses`: a request's destination became a real server's, or a reply's source became the VIP, and nothing else;
 * - `masqueraded`: the client's end became another one too, as a rule that masquerades does;
 * - `ipip`: put whole into an IPIP packet from the director to a real server, 20 bytes longer;
 * - `gre`, `gue`: put into another tunnel;
 * - `other`: none of these;
 * - `unmatched`: it was not seen before, since the record begins in between.
 */
export type DirectorWork =
  'mac-only' | 'addresses' | 'masqueraded' | 'ipip' | 'gre' | 'gue' | 'other' | 'unmatched';

/** The IPv4 header without options. */
const outerHeaderBytes = 20;

export function directorWork(sighting: Sighting, map: LabMap): DirectorWork {
  const { earlier, outer } = sighting;
  if (earlier === null) return 'unmatched';
  if (outer === null) return plainWork(earlier, sighting, map);
  if (!sameEnds(earlier, sighting)) return 'other';
  if (outer.kind !== 'ipip') return outer.kind;
  const ends = [map.nodeByIp.get(outer.source), map.nodeByIp.get(outer.destination)];
  const fromDirectorToServer = ends[0] === sighting.from && map.realServers.includes(ends[1] ?? '');
  return fromDirectorToServer && outer.addedBytes === outerHeaderBytes ? 'ipip' : 'other';
}

function plainWork(before: Sighting, after: Sighting, map: LabMap): DirectorWork {
  if (sameEnds(before, after)) return before.destinationMac === after.destinationMac ? 'other' : 'mac-only';
  const { vip, port } = map.service;
  const { virtual, real, clientStays } = rewriting(before, after);
  const isReply = after.direction === 'reply';
  if (virtual !== vip || (isReply && after.sourcePort !== port)) return 'other';
  if (clientStays) return isServer(real, map) ? 'addresses' : 'other';
  return isServer(real, map) || real === vip ? 'masqueraded' : 'other';
}

/** The server's address outside and inside of the director, and whether the client's end is the same on both sides. */
function rewriting(before: Sighting, after: Sighting) {
  return after.direction === 'request'
    ? {
        ...{ virtual: before.destination, real: after.destination },
        clientStays: sameSource(before, after),
      }
    : { virtual: after.source, real: before.source, clientStays: sameDestination(before, after) };
}

function isServer(address: string, { nodeByIp, roleOf }: LabMap): boolean {
  return roleOf.get(nodeByIp.get(address) ?? '') === 'real-server';
}

function sameEnds(one: Sighting, other: Sighting): boolean {
  return sameSource(one, other) && sameDestination(one, other);
}

function sameSource(one: Sighting, other: Sighting): boolean {
  return one.source === other.source && one.sourcePort === other.sourcePort;
}

function sameDestination(one: Sighting, other: Sighting): boolean {
  return one.destination === other.destination && one.destinationPort === other.destinationPort;
}
