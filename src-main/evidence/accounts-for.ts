import type { Fault } from '../contract/evidence.ts';
import type { FaultKind } from './faults.ts';

/** What a node's own state can hold that looks, in the frames, like the fault. */
const causes: Partial<Record<FaultKind, readonly FaultKind[]>> = {
  'arp-answered': ['arp-ignore-off'],
  'arp-announced': ['arp-announce-off'],
  'nobody-has-vip': ['vip-missing-on-director'],
  refuses: ['not-listening'],
  unreachable: ['tunnel-down', 'tunnel-missing', 'not-listening'],
  'silent-dr': ['vip-missing', 'no-route'],
  'silent-nat': ['no-route', 'gateway-wrong'],
  'silent-tun': ['rp-filter-on', 'vip-missing', 'no-route', 'tunnel-missing', 'tunnel-down'],
  'gateway-unanswered': ['gateway-wrong', 'no-route', 'client-on-link'],
  'held-back': ['ip-forward-off'],
  'past-director': ['gateway-wrong', 'client-on-link'],
  'into-director': ['gateway-is-director'],
  'not-handed-on': ['service-missing', 'server-missing', 'impaired'],
  'wrong-work': ['wrong-method'],
};

/** Whether the first fault is the second, or is why the second is seen. */
export function accountsFor(cause: Fault, seen: Fault): boolean {
  if (cause.node !== seen.node) return false;
  if (cause.kind === seen.kind) return true;
  const kinds: readonly string[] = causes[seen.kind as FaultKind] ?? [];
  return cause.certain && kinds.includes(cause.kind);
}
