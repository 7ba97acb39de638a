import type { Fault } from '../../contract/evidence.ts';
import type { Evidence } from '../evidence.ts';
import { fault } from '../faults.ts';
import { mapLab } from '../lab-map.ts';
import { hasAddress } from '../set-up/real-server-faults.ts';

/**
 * That nobody answered who has the VIP: where the director's own state, which was read, shows that it has it, the question
 * or the answer went lost on the way, and it is no use to look for the address.
 */
export function nobodyHasVip({ lab, facts = {}, findings }: Evidence): Fault {
  const { directors, service } = mapLab(lab);
  const { vip } = service;
  const count = findings.arp.questionsAsked;
  const holder = directors.find((node) => {
    const own = facts[node];
    return own !== undefined && hasAddress(own, vip);
  });
  return holder === undefined
    ? fault('nobody-has-vip', directors[0] ?? 'director', false, { count, vip })
    : fault('vip-unheard', holder, false, { count, vip });
}
