import type { Fault } from '../../contract/evidence.ts';
import { message } from '../../contract/message.ts';
import type { TableEvidence } from '../evidence.ts';
import { fault } from '../faults.ts';
import type { GuestFacts } from '../guest-facts.ts';
import { addressesOf, mapLab, type EvidenceMode, type LabView } from '../lab-map.ts';
import { hasAddress } from './real-server-faults.ts';

/** ipvsadm's option for the mode. */
const options = { nat: '-m', dr: '-g', tun: '-i' } as const;
const methods = {
  nat: message('term.method.nat', 'masquerading'),
  dr: message('term.method.dr', 'direct routing'),
  tun: message('term.method.tun', 'tunnelling'),
  local: message('term.method.local', 'itself'),
} as const;

/** What is wrong with a director, by its own state. A standby of a pair has no VIP: it is not asked. */
export function directorFaults(lab: LabView, mode: EvidenceMode, node: string, facts: GuestFacts): Fault[] {
  const { vip } = lab.service;
  const nics = lab.nodes.find(({ name }) => name === node)?.nics ?? [];
  const device = nics.find(({ segment }) => segment !== null)?.name ?? 'eth0';
  return [
    ...(hasAddress(facts, vip) ? [] : [fault('vip-missing-on-director', node, true, { vip, device })]),
    ...(mode === 'nat' && !facts.ipForward ? [fault('ip-forward-off', node, true)] : []),
  ];
}

/** What is wrong with the director's table: the service, and each real server of the plan in it. */
export function tableFaults(lab: LabView, mode: EvidenceMode, table: readonly TableEvidence[]): Fault[] {
  const { vip, port, protocol, scheduler } = lab.service;
  const { directors, realServers } = mapLab(lab);
  const director = directors[0] ?? 'director';
  const service = `${vip}:${port}`;
  const found = table.find((row) => row.address === service && row.protocol.toLowerCase() === protocol);
  if (!found) return [fault('service-missing', director, true, { service, scheduler })];
  return realServers.flatMap((server) => {
    const own = addressesOf(lab, server);
    const row = found.servers.find(({ address }) => own.includes(address.split(':')[0] ?? ''));
    const values = {
      service,
      server,
      address: row?.address ?? `${own[0] ?? ''}:${port}`,
      option: options[mode],
    };
    if (!row) return [fault('server-missing', director, true, values)];
    if (row.forwarding === mode) return [];
    return [
      fault('wrong-method', director, true, {
        ...values,
        found: methods[row.forwarding],
        wanted: methods[mode],
      }),
    ];
  });
}
