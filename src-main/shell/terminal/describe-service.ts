import type { IpvsService, IpvsTimeouts } from '../../contract/ipvs.ts';
import type { ServiceReport } from '../../contract/service-changes.ts';
import { table } from './table.ts';

/** A virtual service with all that is set of it, and what was run to have it so. */
export function describeService(report: ServiceReport & { readonly commands?: readonly string[] }): string {
  const { service, found, timeouts, names, commands = [] } = report;
  const rows = service.servers.map(({ address, forwarding, weight, thresholds, ...now }) => [
    names[address] ?? '',
    address,
    forwarding,
    String(weight),
    bounds(thresholds),
    `${now.activeConnections} / ${now.inactiveConnections}`,
  ]);
  return [
    ...(commands.length === 0 ? [] : [...commands.map((command) => `  ${command}`), '']),
    describeSettings(service),
    ...(found.by === 'address' && found.sure ? [] : [found.why.text]),
    `Idle connections are kept for ${describeTimeouts(timeouts)}.`,
    '',
    table(['NODE', 'REAL SERVER', 'BY', 'WEIGHT', 'UPPER / LOWER', 'ACTIVE / INACTIVE'], rows),
  ].join('\n');
}

/** `tcp 10.10.0.100:80: wrr, persistent for 300 s by net 255.255.255.0` */
export function describeSettings(service: IpvsService): string {
  const { protocol, address, scheduler, schedulerFlags, persistentSeconds, netmask } = service;
  const flags = schedulerFlags.length === 0 ? '' : ` (${schedulerFlags.join(', ')})`;
  const mask = netmask === null ? '' : ` by net ${netmask}`;
  const sticky = persistentSeconds === null ? '' : `, persistent for ${persistentSeconds} s${mask}`;
  return `${protocol} ${address}: ${scheduler}${flags}${sticky}`;
}

export function describeTimeouts({ tcp, tcpFin, udp }: IpvsTimeouts): string {
  return `tcp ${tcp} s, after FIN ${tcpFin} s, udp ${udp} s`;
}

function bounds(thresholds: IpvsService['servers'][number]['thresholds']): string {
  if (!thresholds || (thresholds.upper === 0 && thresholds.lower === 0)) return '-';
  return `${thresholds.upper || '-'} / ${thresholds.lower || '-'}`;
}
