/** A real server as a scheduler sees it. */
export interface ScheduledServer {
  readonly name: string;
  readonly weight: number;
}

/**
 * One period of wrr over servers in the order in which the kernel walks them, after net/netfilter/ipvs/ip_vs_wrr.c: a
 * current weight falls from the greatest weight to the greatest common divisor, by that divisor; at each of its values
 * the list is walked once, and every server that weighs as much has a turn. Where the kernel stands in its period when a
 * run begins is unknown: compare up to rotation.
 */
export function wrrSequence(walk: readonly ScheduledServer[]): string[] {
  const open = walk.filter(({ weight }) => weight > 0);
  const step = commonDivisor(open);
  const sequence: string[] = [];
  const greatest = Math.max(0, ...open.map(({ weight }) => weight));
  for (let current = greatest; current > 0; current -= step) {
    for (const { name, weight } of open) if (weight >= current) sequence.push(name);
  }
  return sequence;
}

/** Of all weights; 1 without any. */
export function commonDivisor(servers: readonly ScheduledServer[]): number {
  return servers.map(({ weight }) => weight).reduce(greatestCommonDivisor, 0) || 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
