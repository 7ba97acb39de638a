import type { IpvsService, IpvsSnapshot } from '../../../src-main/contract/ipvs.ts';

/** What a DR lab's director tells: rr over rs2 and rs1, in the kernel's order. */
export function directorSnapshot(change: Partial<IpvsService> = {}): IpvsSnapshot {
  const counters = { conns: 0, inPkts: 0, outPkts: 0, inBytes: 0, outBytes: 0 };
  const server = (address: string) => ({
    ...{ address, forwarding: 'dr' as const, weight: 1, activeConnections: 0, inactiveConnections: 0 },
    ...{ persistentConnections: 0, thresholds: { upper: 0, lower: 0 }, counters, rates: counters },
  });
  const service: IpvsService = {
    ...{ protocol: 'tcp', address: '10.10.0.100:80', scheduler: 'rr', persistentSeconds: null },
    ...{ netmask: null, persistenceEngine: null, onePacket: false, schedulerFlags: [] },
    ...{ counters, rates: counters },
    servers: [server('10.10.0.12:80'), server('10.10.0.11:80')],
    ...change,
  };
  return {
    ...{
      askedAt: 0,
      readAt: 100,
      services: [service],
      connections: [],
      connectionsCut: false,
      rules: rulesOf(service),
    },
    marks: [],
    timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
    countersAsOf: { notBefore: -2200, notAfter: 100, seen: false },
  };
}

/** As `ipvsadm -Sn` prints it. */
function rulesOf(service: IpvsService): string {
  const { protocol, address, scheduler, persistentSeconds, netmask, schedulerFlags, servers } = service;
  const name = `${{ tcp: '-t', udp: '-u', sctp: '--sctp-service', fwmark: '-f' }[protocol]} ${address}`;
  const options = [
    ...(persistentSeconds === null ? [] : [`-p ${persistentSeconds}`]),
    ...(netmask === null ? [] : [`-M ${netmask}`]),
    ...(schedulerFlags.length === 0 ? [] : [`-b ${schedulerFlags.join(',')}`]),
  ];
  return [
    [`-A ${name} -s ${scheduler}`, ...options].join(' '),
    ...servers.map((server) => `-a ${name} -r ${server.address} -g -w ${server.weight}`),
  ].join('\n');
}
