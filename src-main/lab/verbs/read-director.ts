import type { IpvsCounters } from '../../contract/ipvs.ts';
import { LabError } from '../../contract/lab-error.ts';
import type { TableEvidence } from '../../evidence/evidence.ts';
import type { GuestShell } from '../../guest/guest-session.ts';
import { readRows } from '../../ipvs/ipvsadm-rows.ts';
import { parseStats } from '../../ipvs/ipvsadm-stats.ts';
import { parseTable, parseThresholds } from '../../ipvs/ipvsadm-table.ts';

/** What the director's table says, and its services' counters by `tcp VIP:80`. */
export interface DirectorReading {
  readonly table: readonly TableEvidence[];
  readonly counters: ReadonlyMap<string, IpvsCounters>;
}

const divider = '==== next listing';

/** `--tun-info` came with ipvsadm 1.31, and thresholds are not in the table: each has a listing of its own. */
const script = [
  'ipvsadm -Ln --nosort || exit',
  `echo '${divider}'; ipvsadm -Ln --thresholds || exit`,
  `echo '${divider}'; ipvsadm -Ln --tun-info 2>/dev/null`,
  `echo '${divider}'; ipvsadm -Ln --stats --exact`,
].join('\n');

/**
 * Reads the director's table with thresholds, connections and tunnels, and the counters, in one round trip.
 * @returns undefined where the director has no ip_vs: that is a finding too.
 */
export async function readDirector(
  director: GuestShell,
  signal: AbortSignal,
): Promise<DirectorReading | undefined> {
  const { exitCode, stdout } = await director.run(script, { signal });
  if (exitCode !== 0) return undefined;
  try {
    return parseReading(stdout);
  } catch (error) {
    if (error instanceof LabError && error.code === 'guest-command-failed') return undefined;
    throw error;
  }
}

/** Reads what the script printed. Pure. @throws LabError `guest-command-failed` for a line that ipvsadm does not print. */
export function parseReading(output: string): DirectorReading {
  const [table = '', thresholds = '', tunnels = '', stats = ''] = output.split(`${divider}\n`);
  const bounds = parseThresholds(thresholds);
  const tunnelled = new Map(
    readRows(tunnels).map(({ protocol, address, servers }) => [
      `${protocol} ${address}`,
      new Map(servers.map((row) => [row.address, row.rest[1] ?? 'n/a'])),
    ]),
  );
  const counters = new Map(
    parseStats(stats).map((service) => [serviceKey(service), service satisfies IpvsCounters]),
  );
  return {
    counters,
    table: parseTable(table).map((service) => {
      const key = serviceKey(service);
      const { protocol, address, scheduler, schedulerFlags, persistentSeconds } = service;
      const conns = counters.get(key)?.conns;
      return {
        ...{ protocol, address, scheduler, schedulerFlags, persistentSeconds },
        ...(conns !== undefined && { conns }),
        servers: service.servers.map((row) => {
          const tunnel = tunnelled.get(key)?.get(row.address) ?? 'n/a';
          return {
            ...{ address: row.address, forwarding: row.forwarding, weight: row.weight },
            connections: row.activeConnections + row.inactiveConnections,
            upper: bounds.get(key)?.get(row.address)?.upper ?? 0,
            lower: bounds.get(key)?.get(row.address)?.lower ?? 0,
            tunnel: tunnel === 'n/a' ? null : tunnel,
          };
        }),
      };
    }),
  };
}

/** `tcp VIP:80`, `fwmark 1`. */
export function serviceKey({ protocol, address }: Pick<TableEvidence, 'protocol' | 'address'>): string {
  return `${protocol.toLowerCase()} ${address}`;
}
