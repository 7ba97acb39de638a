import type { Hop, RequestStory, Rewrite } from '../../../contract/evidence.ts';

/** What is told beside an arrow. */
export type Told =
  /** From whom to whom, where that is new. */
  | { readonly kind: 'addresses'; readonly from: string; readonly to: string }
  /** `owners`: whose MACs these are, as far as the story tells. */
  | { readonly kind: 'rewrite'; readonly rewrite: Rewrite; readonly owners: readonly [string, string] | null }
  /** A header was put around it. */
  | { readonly kind: 'outer'; readonly outer: NonNullable<Hop['outer']> }
  /** The same was rewritten in an earlier frame. */
  | { readonly kind: 'as-before'; readonly sequence: number }
  | { readonly kind: 'icmp'; readonly words: string };

/** One arrow of a request's ladder, from one machine's line to another's. */
export interface Rung {
  readonly hop: Hop;
  /** Places of the lines; `to` is null for a frame that no one machine is meant by. */
  readonly from: number;
  readonly to: number | null;
  /** Milliseconds since the story's first frame. */
  readonly atMs: number;
  readonly told: readonly Told[];
}

export interface Ladder {
  /** Machines from left to right, as they come up. */
  readonly machines: readonly string[];
  readonly rungs: readonly Rung[];
}

/** A request's story as lines of machines and arrows between them. What was told once is not told again in full. */
export function ladderOf({ hops, client, begin }: RequestStory): Ladder {
  const machines: string[] = client.node === null ? [] : [client.node];
  const placeOf = (machine: string) => {
    if (!machines.includes(machine)) machines.push(machine);
    return machines.indexOf(machine);
  };
  const owners = ownersOf(hops);
  const known = new Map<string, number>();
  const rungs = hops.map((hop): Rung => {
    const from = placeOf(hop.from);
    const to = hop.to === null ? null : placeOf(hop.to);
    return { hop, from, to, atMs: (hop.time - begin) / 1e6, told: toldOf(hop, owners, known) };
  });
  return { machines, rungs };
}

function ownersOf(hops: readonly Hop[]): Map<string, string> {
  return new Map([
    ...hops.flatMap(({ to, destinationMac }) => (to === null ? [] : [[destinationMac, to] as const])),
    ...hops.map(({ from, sourceMac }) => [sourceMac, from] as const),
  ]);
}

function toldOf(hop: Hop, owners: ReadonlyMap<string, string>, known: Map<string, number>): Told[] {
  const { rewrote, icmp, sequence } = hop;
  const icmpLines: Told[] = icmp === null ? [] : [{ kind: 'icmp', words: icmp }];
  const addresses = { kind: 'addresses' as const, from: endOf(hop, 'source'), to: endOf(hop, 'destination') };
  const key = JSON.stringify(rewrote.length > 0 ? [hop.port, rewrote] : [hop.port, addresses]);
  const before = known.get(key);
  if (before === undefined) known.set(key, sequence);
  if (rewrote.length === 0) return before === undefined ? [addresses, ...icmpLines] : icmpLines;
  if (before !== undefined) return [{ kind: 'as-before', sequence: before }, ...icmpLines];
  return [...rewrote.map((rewrite) => toldRewrite(rewrite, hop, owners)), ...icmpLines];
}

function toldRewrite(rewrite: Rewrite, { outer }: Hop, owners: ReadonlyMap<string, string>): Told {
  if (rewrite.what === 'outer-header' && outer) return { kind: 'outer', outer };
  return { kind: 'rewrite', rewrite, owners: ownersOfBoth(rewrite, owners) };
}

function ownersOfBoth(
  { what, from, to }: Rewrite,
  owners: ReadonlyMap<string, string>,
): [string, string] | null {
  if (what !== 'source-mac' && what !== 'destination-mac') return null;
  return [owners.get(from) ?? '?', owners.get(to) ?? '?'];
}

function endOf(hop: Hop, end: 'source' | 'destination'): string {
  const port = end === 'source' ? hop.sourcePort : hop.destinationPort;
  return port > 0 ? `${hop[end]}:${port}` : hop[end];
}
