import type { Remark } from '../../contract/evidence.ts';
import type { Evidence } from '../evidence.ts';
import { actionOf, mayConcern, type RuleAction } from '../facts/match-rule.ts';
import type { GuestFacts } from '../guest-facts.ts';
import { hasAddress } from '../set-up/real-server-faults.ts';
import { remark, type RemarkKind } from './remark.ts';

const byAction: Partial<Record<RuleAction, RemarkKind>> = {
  redirect: 'way-redirect',
  tproxy: 'way-tproxy',
  dnat: 'way-dnat',
};

/** How a real server takes packets for the VIP, where it is not by having it where the recipe puts it; by its own state. */
export function otherWays({ lab, mode }: Evidence, node: string, facts: GuestFacts): Remark[] {
  if (mode === 'nat') return [];
  const { vip, port } = lab.service;
  const wanted = mode === 'dr' ? 'lo' : 'tunl0';
  const ways = (facts.rules ?? []).flatMap((rule) => {
    const kind = byAction[actionOf(rule) ?? 'drop'];
    if (kind === undefined) return [];
    const concerns = mayConcern(rule, { addresses: [vip], port, protocols: ['tcp', 'all', '6'] });
    return concerns ? [remark(kind, node, { rule: rule.text })] : [];
  });
  if (!hasAddress(facts, vip)) {
    // An interface that is down keeps its address, and the kernel the local route to it.
    const isDown = Object.values(facts.interfaces).some(({ addresses }) =>
      addresses.some((own) => own.startsWith(`${vip}/`)),
    );
    if (ways.length === 0 && !isDown && facts.takesVip === true) return [remark('way-local-route', node)];
    return ways.slice(0, 1);
  }
  const devices = Object.entries(facts.interfaces).filter(([, { up, addresses }]) =>
    addresses.some((own) => up && own.startsWith(`${vip}/`)),
  );
  if (devices.some(([name]) => name === wanted)) return [];
  return devices.slice(0, 1).map(([device]) => remark('way-device', node, { device, wanted }));
}
