import type { DirectorEvent, DirectorState } from '../../src-main/contract/director-log.ts';
import { createReplay } from '../../src-main/ipvs/model/replay.ts';
import type { Prediction } from '../../src-main/ipvs/model/types.ts';
import { modelOf } from '../../src-main/traffic/director-model.ts';

type MadeServer = Pick<DirectorState['servers'][number], 'name' | 'weight'> &
  Partial<DirectorState['servers'][number]>;

/** A director's state as it is read before a load: servers in the order in which they are walked, behind NAT. */
export function madeState(
  scheduler: string,
  servers: readonly MadeServer[],
  more: Partial<DirectorState> = {},
): DirectorState {
  return {
    ...{ protocol: 'tcp', address: '10.10.0.100:80', scheduler, schedulerFlags: [] },
    ...{ persistentSeconds: null, netmask: null, persistenceEngine: null, onePacket: false },
    servers: servers.map((server, index) => ({
      ...{ address: `10.20.0.${11 + index}:80`, machine: server.name, forwarding: 'dr' },
      ...{ active: 0, inactive: 0, persistent: 0, upper: 0, lower: 0, ...server },
    })),
    ...{ connections: [], connectionsCut: false },
    sysctls: {
      ...{ connReuseMode: 3, expireNodestConn: 0, expireQuiescentTemplate: 0, conntrack: 0 },
      ...{ dropEntry: 0, dropPacket: 0, secureTcp: 0 },
    },
    ...{ machines: {}, transit: 'in-order', readMs: 20 },
    ...{ timeouts: { tcp: 900, tcpFin: 120 } },
    kernel: 'Linux version 6.1.0-57-cloud-amd64 #1 SMP Debian 6.1.192-3',
    ...more,
  };
}

/** A connection of a load, as the director meets it. */
export interface MadeConnection {
  /** `address:port`. */
  readonly client: string;
  /** Milliseconds since the table was read. */
  readonly beganMs: number;
  /** Null for one that never was opened. */
  readonly endedMs: number | null;
}

/** What the director does with a SYN: an entry's address; null to refuse it, undefined where nothing is seen of it. */
export type Choose = (
  allowed: readonly (string | null)[],
  index: number,
  prediction: Prediction,
) => string | null | undefined;

/**
 * What passes a director in a load, in the order of its times. By default each connection goes where the model of the
 * kernel sends it, to the first of the servers that may be.
 * @returns also where each connection went, by its place in the list.
 */
export function madeEvents(
  state: DirectorState,
  connections: readonly MadeConnection[],
  pick: Choose = ([first]) => first,
): { events: DirectorEvent[]; went: (string | null | undefined)[] } {
  const { service, connections: known, settings } = modelOf(state);
  const replay = createReplay(service, known, settings);
  const virtual = state.address;
  const packets = connections
    .flatMap(({ client, beganMs, endedMs }, index) => [
      { atMs: beganMs, kind: 'syn' as const, client, index },
      ...(endedMs === null
        ? []
        : [
            { atMs: beganMs + 0.2, kind: 'ack' as const, client, index },
            { atMs: endedMs, kind: 'fin' as const, client, index },
          ]),
    ])
    .sort((a, b) => a.atMs - b.atMs);
  const events: DirectorEvent[] = [];
  const went: (string | null | undefined)[] = [];
  for (const { index, ...packet } of packets) {
    const { atMs, kind, client } = packet;
    events.push({ ...packet, to: kind === 'syn' ? virtual : null });
    const [address = '', port] = client.split(':');
    const flags = { syn: kind === 'syn', ack: kind !== 'syn', fin: kind === 'fin', rst: false };
    const prediction = replay.packetIn(atMs, { address, port: Number(port), virtual }, flags);
    if (!prediction) continue;
    const to = (went[index] = pick([...prediction.allowed], index, prediction));
    if (to === undefined) continue;
    replay.picked({ address, port: Number(port), virtual }, to);
    events.push({ atMs: atMs + 0.1, kind: to === null ? 'refused' : 'handed', client, to });
  }
  return { events, went };
}

/** Connections one after the other, from one address, each from a port of its own. */
export function oneByOne(count: number, address = '10.10.0.200', everyMs = 10): MadeConnection[] {
  return Array.from({ length: count }, (_, index) => ({
    client: `${address}:${40_000 + index}`,
    beganMs: 1 + index * everyMs,
    endedMs: 1 + index * everyMs + everyMs / 2,
  }));
}
