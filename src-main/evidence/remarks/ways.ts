import type { Remark } from '../../contract/evidence.ts';
import type { Evidence } from '../evidence.ts';
import { actionOf, mayConcern, type RuleAction } from '../facts/match-rule.ts';
import type { GuestFacts } from '../guest-facts.ts';
import type { LabView } from '../lab-map.ts';
import { hasAddress } from '../set-up/real-server-faults.ts';
import { remark, type RemarkKind } from './remark.ts';

const byAction: Partial<Record<RuleAction, RemarkKind>> = {
  redirect: 'way-redirect',
  tproxy: 'way-tproxy',
  dnat: 'way-dnat',
};

/** Rules that give packets for the VIP another destination. */
function movingRules({ service }: LabView, { rules = [] }: GuestFacts): { kind: RemarkKind; text: string }[] {
  const { vip: address, port } = service;
  const concern = {
    ...{ addresses: [address], port, protocols: ['tcp', 'all', '6'] },
    role: 'real-server' as const,
  };
  return rules.flatMap((rule) => {
    const kind = byAction[actionOf(rule) ?? 'drop'];
    if (kind === undefined) return [];
    const concerns = mayConcern(rule, concern);
    return concerns ? [{ kind, text: rule.text }] : [];
  });
}

/** `--to-ports 8080`, `--to-destination 10.10.0.11:8080`, `--on-port 8080`, `redirect to :8080`, `dnat ip to 10.10.0.11:8080` */
const movedTo = /(?:--to-ports |--on-port |(?:--to-destination| to) \S*:)(\d+)/;

/** Whether a rule moves packets for the VIP to another port, on which something listens. */
export function listensElsewhere({ lab }: Evidence, facts: GuestFacts): boolean {
  const ports = movingRules(lab, facts).map(({ text }) => Number(movedTo.exec(text)?.[1]));
  return facts.listening.some(({ port }) => port !== lab.service.port && ports.includes(port));
}

/** How a real server takes packets for the VIP, where it is not by having it where the recipe puts it; by its own state. */
export function otherWays({ lab, mode }: Evidence, node: string, facts: GuestFacts): Remark[] {
  if (mode === 'nat') return [];
  const { vip } = lab.service;
  const wanted = mode === 'dr' ? 'lo' : 'tunl0';
  const ways = movingRules(lab, facts).map(({ kind, text }) => remark(kind, node, { rule: text }));
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
