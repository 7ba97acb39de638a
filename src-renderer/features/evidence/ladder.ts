import type { Hop, RequestStory } from '../../../src-main/contract/evidence.ts';

/** One arrow of a request's ladder diagram, from one node's line to another's. */
export interface Rung {
  readonly hop: Hop;
  /** Places of the lines it goes between; the second is the sender's own for a frame that nobody is meant by. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds since the story's first frame. */
  readonly atMs: number;
  readonly label: string;
  /** What this hop changed: its name, and both values. */
  readonly changes: readonly { readonly what: string; readonly values: string }[];
}

export interface Ladder {
  readonly nodes: readonly string[];
  readonly rungs: readonly Rung[];
}

/** A request's story as lines of nodes and arrows between them, in the order of the frames. */
export function ladderOf({ hops, client, begin }: RequestStory): Ladder {
  const nodes: string[] = client.node === null ? [] : [client.node];
  const placeOf = (node: string) => {
    if (!nodes.includes(node)) nodes.push(node);
    return nodes.indexOf(node);
  };
  const rungs = hops.map((hop): Rung => {
    const from = placeOf(hop.from);
    return {
      ...{ hop, from, to: hop.to === null ? from : placeOf(hop.to) },
      ...{ atMs: (hop.time - begin) / 1e6, label: labelOf(hop), changes: hop.rewrote.map(changeOf) },
    };
  });
  return { nodes, rungs };
}

function labelOf({ kind, flags, dataLength, outer, icmp, retransmission }: Hop): string {
  if (kind === 'icmp') return icmp ?? 'ICMP';
  const data = dataLength > 0 ? ` ${dataLength} B` : '';
  const tunnel = outer ? `${outer.kind.toUpperCase()} ` : '';
  return `${tunnel}${kind === 'fragment' ? 'fragment' : flags || 'TCP'}${data}${retransmission ? ' ↻' : ''}`;
}

function changeOf({ what, from, to }: Hop['rewrote'][number]): Rung['changes'][number] {
  const words: Record<typeof what, string> = {
    ...{ 'source-mac': 'src MAC', 'destination-mac': 'dst MAC', source: 'src IP', destination: 'dst IP' },
    ...{ 'source-port': 'src port', 'destination-port': 'dst port', 'outer-header': 'outer', ttl: 'TTL' },
  };
  return { what: words[what], values: `${from} → ${to}` };
}
