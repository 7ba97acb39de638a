import type { PortCounters } from '../../wire/switch-port.ts';

/** What went over a lab's wires between two readings of the switch. */
export interface WireUse {
  /** By segment: frames and bytes that were sent on it. */
  readonly segments: Readonly<Record<string, { readonly frames: number; readonly bytes: number }>>;
  /** Of the ports of one node: what it sent and what came to it. */
  readonly node: {
    readonly inFrames: number;
    readonly outFrames: number;
    readonly inBytes: number;
    readonly outBytes: number;
  };
  /** Frames that the host lost. */
  readonly lost: number;
}

/** @param before Of the same switch and the same cabling as `after`. */
export function wireUse(
  before: readonly PortCounters[],
  after: readonly PortCounters[],
  node: string,
): WireUse {
  const earlier = new Map(before.map((port) => [port.id, port]));
  const grown = (port: PortCounters, key: 'rxFrames' | 'rxBytes' | 'txFrames' | 'txBytes') =>
    port[key] - (earlier.get(port.id)?.[key] ?? 0);
  const segments: Record<string, { frames: number; bytes: number }> = {};
  for (const port of after) {
    if (port.segment === null) continue;
    const use = (segments[port.segment] ??= { frames: 0, bytes: 0 });
    use.frames += grown(port, 'rxFrames');
    use.bytes += grown(port, 'rxBytes');
  }
  const own = after.filter(({ id }) => id.startsWith(`${node}:`));
  const sum = (key: Parameters<typeof grown>[1]) => own.reduce((total, port) => total + grown(port, key), 0);
  return {
    segments,
    node: {
      ...{ inFrames: sum('txFrames'), outFrames: sum('rxFrames') },
      ...{ inBytes: sum('txBytes'), outBytes: sum('rxBytes') },
    },
    lost: lostBetween(earlier, after),
  };
}

function lostBetween(earlier: ReadonlyMap<string, PortCounters>, after: readonly PortCounters[]): number {
  const lost = ({ lostBySwitch, lostByGuest, unsent }: PortCounters) => lostBySwitch + lostByGuest + unsent;
  return after.reduce((sum, port) => {
    const before = earlier.get(port.id);
    return sum + lost(port) - (before ? lost(before) : 0);
  }, 0);
}
