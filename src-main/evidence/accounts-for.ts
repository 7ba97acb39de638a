import type { Fault } from '../contract/evidence.ts';
import type { FaultKind } from './faults.ts';

/**
 * What a node's own state can hold that looks, in the frames, like the fault. A rule that drops (`filtered`) sends nothing;
 * one that rejects answers by ICMP (`rejected`) or by an RST (`reset-by-rule`), which may itself come to nobody.
 */
const causes: Partial<Record<FaultKind, readonly FaultKind[]>> = {
  'arp-answered': ['arp-ignore-off', 'vip-on-asked-nic'],
  'arp-announced': ['arp-announce-off'],
  'nobody-has-vip': ['vip-missing-on-director', 'node-off', 'node-unanswered'],
  'arp-unheard': ['impaired', ...filters(), 'queue-impairs'],
  'vip-unheard': ['node-off', 'node-unanswered', 'impaired', ...filters(), 'queue-impairs'],
  refuses: ['not-listening', 'reset-by-rule'],
  broken: ['reset-by-rule', 'queue-impairs', 'conntrack-full', 'backlog-full'],
  stalled: [...filters(), 'queue-impairs', 'conntrack-full', 'backlog-full', 'mtu-unheeded', ...noWayBack()],
  unreachable: [
    'tunnel-down',
    'tunnel-missing',
    'not-listening',
    'rejected',
    'tunnel-not-taken',
    'no-route',
    'vip-missing',
  ],
  'silent-dr': ['vip-missing', ...noWayBack(), ...silencing()],
  'silent-nat': ['gateway-wrong', ...noWayBack(), ...silencing()],
  'silent-tun': [
    'rp-filter-on',
    'vip-missing',
    'tunnel-missing',
    'tunnel-down',
    ...noWayBack(),
    ...silencing(),
  ],
  'server-away': ['node-off', 'node-unanswered', 'filtered', 'queue-impairs'],
  'gateway-unanswered': ['gateway-wrong', 'no-route', 'client-on-link'],
  'held-back': ['ip-forward-off', ...filters(), 'conntrack-full', 'queue-impairs'],
  'past-director': ['gateway-wrong', 'client-on-link'],
  'into-director': ['gateway-is-director'],
  'not-handed-on': [
    'service-missing',
    'impaired',
    'vip-missing-on-director',
    ...filters(),
    'drop-packet',
    'conntrack-full',
    'queue-impairs',
  ],
  'director-refuses': [
    'no-servers',
    'all-weights-zero',
    'all-at-threshold',
    'hashed-to-unavailable',
    'ports-hashed-to-unavailable',
    'rejected',
  ],
  'director-resets': ['service-missing', 'drop-entry', 'reset-by-rule'],
  'never-seen': ['impaired', 'no-route', ...filters(), 'queue-impairs', 'node-off', 'node-unanswered'],
  'client-deaf': [...filters(), 'queue-impairs', 'conntrack-full'],
  'wrong-work': ['wrong-method'],
};

function noWayBack(): FaultKind[] {
  return ['no-route', 'vip-covers-client'];
}

/** Rules of the packet filter, whatever they send: an answer of theirs may come to nobody. */
function filters(): FaultKind[] {
  return ['filtered', 'rejected', 'reset-by-rule'];
}

/** What takes packets without a word. */
function silencing(): FaultKind[] {
  return [
    ...filters(),
    'queue-impairs',
    'conntrack-full',
    'backlog-full',
    'node-off',
    'node-unanswered',
    'tunnel-not-taken',
  ];
}

/** Whether the first fault is the second, or is why the second is seen. */
export function accountsFor(
  cause: Pick<Fault, 'kind' | 'node'>,
  seen: Pick<Fault, 'kind' | 'node'>,
): boolean {
  if (cause.node !== seen.node) return false;
  if (cause.kind === seen.kind) return true;
  const kinds: readonly string[] = causes[seen.kind as FaultKind] ?? [];
  return kinds.includes(cause.kind);
}
