import { message } from '../../contract/message.ts';
import type { Evidence } from '../evidence.ts';
import { difference, type Difference } from '../faults.ts';
import type { GuestFacts } from '../guest-facts.ts';
import { addressesOf, mapLab, type EvidenceMode, type LabView } from '../lab-map.ts';
import type { ServingService } from '../serving-service.ts';
import { hasAddress } from './real-server-faults.ts';

/** ipvsadm's option for the mode. */
export const options = { nat: '-m', dr: '-g', tun: '-i' } as const;
const methods = {
  nat: message('term.method.nat', 'masquerading'),
  dr: message('term.method.dr', 'direct routing'),
  tun: message('term.method.tun', 'tunnelling'),
  local: message('term.method.local', 'itself'),
} as const;

/** What is wrong with a director, by its own state. A standby of a pair has no VIP: it is not asked. */
export function directorFaults(
  lab: LabView,
  mode: EvidenceMode,
  node: string,
  facts: GuestFacts,
): Difference[] {
  const { vip } = lab.service;
  const nics = lab.nodes.find(({ name }) => name === node)?.nics ?? [];
  const device = nics.find(({ segment }) => segment !== null)?.name ?? 'eth0';
  return [
    ...(hasAddress(facts, vip) ? [] : [difference('vip-missing-on-director', node, { vip, device })]),
    ...(mode === 'nat' && !facts.ipForward ? [difference('ip-forward-off', node)] : []),
  ];
}

/** What is wrong with the director's table: the service that takes the requests, and each real server of the plan in it. */
export function tableFaults(
  lab: LabView,
  mode: EvidenceMode,
  { service: found, flag }: ServingService,
): Difference[] {
  const { vip, port, scheduler } = lab.service;
  const { directors, realServers } = mapLab(lab);
  const director = directors[0] ?? 'director';
  if (!found) return [difference('service-missing', director, { service: `${vip}:${port}`, scheduler })];
  return realServers.flatMap((server) => {
    const own = addressesOf(lab, server);
    const row = found.servers.find(({ address }) => own.includes(address.split(':')[0] ?? ''));
    const values = {
      ...{ flag, service: found.address, server, option: options[mode] },
      address: row?.address ?? `${own[0] ?? ''}:${port}`,
    };
    if (!row) return [difference('server-missing', director, values)];
    if (row.forwarding === mode) return [];
    return [
      difference('wrong-method', director, {
        ...values,
        found: methods[row.forwarding],
        wanted: methods[mode],
      }),
    ];
  });
}

/** The table hands on to a real server by another method than the mode's, and no request was answered by that server. */
export function isUntriedMethod({ findings }: Evidence, { kind, cause }: Difference): boolean {
  const { server } = cause.values;
  if (kind !== 'wrong-method' || typeof server !== 'string') return false;
  return (findings.connections.servers.get(server)?.outcomes.answered ?? 0) === 0;
}
