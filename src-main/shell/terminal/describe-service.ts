import type { IpvsService, IpvsTimeouts } from '../../contract/ipvs.ts';
import type { ChangedService, ServiceReport } from '../../contract/service-changes.ts';
import type { StepOutput } from '../../contract/step-output.ts';
import { table } from './table.ts';

/** A virtual service with all that is set of it, and what was run to have it so. */
export function describeService(report: ServiceReport & Partial<Pick<ChangedService, 'ran'>>): string {
  const { service, found, timeouts, names, ran = [] } = report;
  const rows = service.servers.map(({ address, forwarding, weight, thresholds, ...now }) => [
    names[address] ?? '',
    address,
    forwarding,
    String(weight),
    bounds(thresholds),
    `${now.activeConnections} / ${now.inactiveConnections}`,
  ]);
  return [
    ...ran.flatMap(describeRun),
    describeSettings(service),
    ...(found.by === 'address' && found.sure ? [] : [found.why.text]),
    `Idle connections are kept for ${describeTimeouts(timeouts)}.`,
    '',
    table(['NODE', 'REAL SERVER', 'BY', 'WEIGHT', 'UPPER / LOWER', 'ACTIVE / INACTIVE'], rows),
  ].join('\n');
}

/** A command, and below it what it said. */
function describeRun({ command, output }: StepOutput): string[] {
  return [`  $ ${command}`, ...output.split('\n').map((line) => `    ${line}`.trimEnd())]
    .filter(Boolean)
    .concat('');
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
