import { count, readRows, type IpvsProtocol } from './ipvsadm-rows.ts';

/** Counters since the service or server was added, or since `ipvsadm -Z`. */
export interface IpvsCounters {
  readonly conns: number;
  readonly inPkts: number;
  readonly outPkts: number;
  readonly inBytes: number;
  readonly outBytes: number;
}

export interface StatsServer extends IpvsCounters {
  /** `RIP:port`. */
  readonly address: string;
}

export interface StatsService extends IpvsCounters {
  readonly protocol: IpvsProtocol;
  /** `VIP:port`, or the number of the firewall mark. */
  readonly address: string;
  readonly servers: readonly StatsServer[];
}

/**
 * Reads what `ipvsadm -Ln --stats --exact` prints. Without --exact large counts are rounded (`120000K`): such a listing
 * is refused. The kernel sums these counters every 2 s: read them `statsSettleMs` after the load they are to show.
 * @throws LabError 'guest-command-failed' naming the line that is not as ipvsadm 1.31 prints it.
 */
export function parseStats(output: string): StatsService[] {
  return readRows(output).map(({ protocol, address, rest, servers }) => ({
    protocol,
    address,
    ...readCounters([address, ...rest]),
    servers: servers.map((server) => ({
      address: server.address,
      ...readCounters([server.address, ...server.rest]),
    })),
  }));
}

function readCounters(line: readonly string[]): IpvsCounters {
  const [, conns, inPkts, outPkts, inBytes, outBytes] = line;
  return {
    conns: count(conns, line),
    inPkts: count(inPkts, line),
    outPkts: count(outPkts, line),
    inBytes: count(inBytes, line),
    outBytes: count(outBytes, line),
  };
}
