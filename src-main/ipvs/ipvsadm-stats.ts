import type { IpvsCounters, IpvsProtocol, IpvsRates } from '../contract/ipvs.ts';
import { count, readRows } from './ipvsadm-rows.ts';

export type { IpvsCounters } from '../contract/ipvs.ts';

/** A service or a real server with the figures of one listing. */
interface Figures<Values> {
  readonly services: readonly (Values & {
    readonly protocol: IpvsProtocol;
    /** `VIP:port`, or the number of the firewall mark. */
    readonly address: string;
    readonly servers: readonly (Values & {
      /** `RIP:port`. */
      readonly address: string;
    })[];
  })[];
}

export type StatsService = Figures<IpvsCounters>['services'][number];
export type RateService = Figures<IpvsRates>['services'][number];

/**
 * Reads what `ipvsadm -Ln --stats --exact` prints. Without --exact large counts are rounded (`120000K`): such a listing
 * is refused. The kernel sums these counters every 2 s: read them `statsSettleMs` after the load they are to show.
 * @throws LabError 'guest-command-failed' naming the line that is not as ipvsadm 1.27 to 1.31 prints it.
 */
export function parseStats(output: string): StatsService[] {
  return readFigures(output);
}

/**
 * Reads what `ipvsadm -Ln --rate --exact` prints: CPS, InPPS, OutPPS, InBPS and OutBPS, where BPS is bytes a second. The
 * kernel takes a quarter of the last 2 s and three of what was before (net/netfilter/ipvs/ip_vs_est.c).
 * @throws LabError 'guest-command-failed' as `parseStats`.
 */
export function parseRates(output: string): RateService[] {
  return readFigures(output);
}

function readFigures(output: string): StatsService[] {
  return readRows(output).map(({ protocol, address, rest, servers }) => ({
    protocol,
    address,
    ...readColumns([address, ...rest]),
    servers: servers.map((server) => ({
      address: server.address,
      ...readColumns([server.address, ...server.rest]),
    })),
  }));
}

function readColumns(line: readonly string[]): IpvsCounters {
  const [, conns, inPkts, outPkts, inBytes, outBytes] = line;
  return {
    conns: count(conns, line),
    inPkts: count(inPkts, line),
    outPkts: count(outPkts, line),
    inBytes: count(inBytes, line),
    outBytes: count(outBytes, line),
  };
}
