import { countOf, message } from '../../contract/message.ts';
import type { Evidence, TableEvidence } from '../evidence.ts';
import { actionOf, mayConcern, sendsReset } from '../facts/match-rule.ts';
import { difference, type Difference } from '../faults.ts';
import type { FilterRule, GuestFacts } from '../guest-facts.ts';
import { addressesOf, mapLab } from '../lab-map.ts';
import { servingService } from '../serving-service.ts';
import { options } from './director-faults.ts';
import { impairs } from './impairing-queues.ts';
import { schedulerConditions } from './scheduler-conditions.ts';

/** What is in the way on any node though the recipe's set-up is there: rules, queues, limits, the scheduler's choice. */
export function conditions(evidence: Evidence): Difference[] {
  const { lab, facts = {} } = evidence;
  const serving = servingService(evidence);
  return [
    ...Object.entries(facts).flatMap(([node, own]) => [
      ...filterRules(evidence, node, own),
      ...(own.queues ?? []).flatMap((queue) => impairingQueue(node, queue)),
      ...limits(node, own),
    ]),
    ...mapLab(lab).directors.flatMap((node) => droppingSysctls(node, facts[node]?.sysctls ?? {})),
    ...(serving?.service ? schedulerConditions(evidence, serving, options[evidence.mode]) : []),
    ...tunnelsNotTaken(evidence, serving?.service),
  ];
}

/**
 * Of rules that count their packets only those that took some. One that counts none is only likely, and so is a chain's
 * policy: what that took may be about anything.
 */
function filterRules({ lab, mode }: Evidence, node: string, { rules = [] }: GuestFacts): Difference[] {
  const { clients, realServers, directors, roleOf } = mapLab(lab);
  const concern = {
    role: roleOf.get(node),
    addresses: [
      lab.service.vip,
      ...[...clients, ...realServers, ...directors].flatMap((name) => addressesOf(lab, name)),
    ],
    port: lab.service.port,
    protocols: ['tcp', 'all', '6', ...(mode === 'tun' ? ['ipencap', '4', 'ipip', 'gre', 'udp'] : [])],
  };
  const taking = rules.filter((rule) => rule.packets !== 0 && mayConcern(rule, concern));
  return (['filtered', 'rejected', 'reset-by-rule'] as const).flatMap((kind) => {
    const told = taking
      .filter((rule) => kindOf(rule) === kind)
      .map(({ chain, text, packets }) =>
        difference(kind, node, { chain, rule: text }, packets !== null && !text.startsWith('-P ')),
      );
    return [...told.filter(({ certain }) => certain), ...told].slice(0, 1);
  });
}

/** By what a rule that is in the way sends: nothing, ICMP or an RST. */
function kindOf(rule: FilterRule): 'filtered' | 'rejected' | 'reset-by-rule' | null {
  const action = actionOf(rule);
  if (action === 'reject') return sendsReset(rule) ? 'reset-by-rule' : 'rejected';
  return action === 'drop' ? 'filtered' : null;
}

function impairingQueue(node: string, queue: string): Difference[] {
  if (!impairs(queue)) return [];
  const device = / dev (\S+)/.exec(queue)?.[1] ?? 'eth0';
  return [difference('queue-impairs', node, { queue, device }, queue.includes(' loss '))];
}

function limits(node: string, { sysctls = {}, counted = {} }: GuestFacts): Difference[] {
  const [count, max] = [sysctls['nf_conntrack_count'] ?? 0, sysctls['nf_conntrack_max'] ?? Infinity];
  const dropped = (counted['ConntrackDrop'] ?? 0) + (counted['ConntrackEarlyDrop'] ?? 0);
  // A limit of 0 is none.
  const full = (max > 0 && count >= max) || dropped > 0;
  const overflows = counted['TcpExtListenOverflows'] ?? 0;
  return [
    ...(full ? [difference('conntrack-full', node, { count, max })] : []),
    ...(overflows > 0 ? [difference('backlog-full', node, { count: countOf(overflows, 'time') })] : []),
  ];
}

/** Values that make ip_vs drop: 2 is 1 (automatic) while memory is short, 3 is always (ipvs-sysctl.rst). */
const dropping: readonly number[] = [2, 3];

function droppingSysctls(node: string, sysctls: Readonly<Record<string, number>>): Difference[] {
  const [packet = 0, entry = 0, rate = 10] = ['drop_packet', 'drop_entry', 'am_droprate'].map(
    (name) => sysctls[name],
  );
  return [
    ...(dropping.includes(packet) ? [difference('drop-packet', node, { found: packet, rate })] : []),
    ...(dropping.includes(entry) ? [difference('drop-entry', node, { found: entry })] : []),
  ];
}

/** Real servers that the frames show to be sent GUE or GRE. */
function tunnelsNotTaken({ lab, findings }: Evidence, service: TableEvidence | undefined): Difference[] {
  const { works, servers } = findings.connections;
  return (['gue', 'gre'] as const).flatMap((work) =>
    [...(works.get(work) ?? new Map<string, number>()).keys()].map((node) => {
      const own = addressesOf(lab, node);
      const told =
        service?.servers.find(
          ({ address, tunnel }) => own.includes(address.split(':')[0] ?? '') && tunnel?.startsWith(work),
        )?.tunnel ?? '';
      const port = told.split(':')[1] ?? '';
      const words = servers.get(node)?.unreachableWords ?? '';
      const values = {
        ...{ tunnel: work.toUpperCase(), port },
        words: words === '' ? message('term.no-reply-at-all', 'it says nothing at all') : words,
      };
      return difference('tunnel-not-taken', node, values, told !== '' && words !== '');
    }),
  );
}
