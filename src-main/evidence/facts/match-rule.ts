import { contains } from '../../ipvs/packet-marks.ts';
import type { FilterRule } from '../guest-facts.ts';

/** What a rule does to a packet; null for what neither ends nor moves it. */
export type RuleAction = 'drop' | 'reject' | 'redirect' | 'dnat' | 'tproxy';

const actions: readonly (readonly [RuleAction, RegExp])[] = [
  ['redirect', /-j REDIRECT\b|\bredirect\b|"REDIRECT"/],
  ['tproxy', /-j TPROXY\b|\btproxy\b|"TPROXY"/],
  ['dnat', /-j DNAT\b|\bdnat\b|"DNAT"/],
  ['reject', /-j REJECT\b|\breject\b|"REJECT"/],
  ['drop', /-j DROP\b|^-P \w+ DROP$|\bdrop\b/],
];

export function actionOf({ text }: FilterRule): RuleAction | null {
  return actions.find(([, words]) => words.test(text))?.[0] ?? null;
}

/** What packets a rule is asked about: of a service, between these addresses. */
export interface Concern {
  readonly addresses: readonly string[];
  readonly port: number;
  /** Protocols by name or number; TCP, and in tunnel mode that of the tunnel. */
  readonly protocols: readonly string[];
}

/**
 * Whether a rule may take packets of the service: false where it names a protocol, a port or an address that none of
 * them has. What else it asks is not looked at.
 */
export function mayConcern({ text }: FilterRule, { addresses, port, protocols }: Concern): boolean {
  const protocol = protocolOf(text);
  if (protocol !== null && !protocols.includes(protocol)) return false;
  if (/(-i|-o|[io]ifname|[io]if) "?(lo|mgmt)"?( |$)/.test(text)) return false;
  const ports = portsOf(text);
  if (ports.length > 0 && !ports.some(([first, last]) => first <= port && port <= last)) return false;
  const networks = networksOf(text);
  return networks.length === 0 || networks.some((net) => addresses.some((own) => contains(net, own)));
}

function protocolOf(text: string): string | null {
  const named = /-p (!?\S+)|ip protocol (\S+)|meta l4proto (\S+)/.exec(text);
  const name = named?.[1] ?? named?.[2] ?? named?.[3];
  if (name !== undefined) return name;
  return /\b(tcp|udp|icmp|sctp) (dport|sport|type|flags)/.exec(text)?.[1] ?? null;
}

/** First and last of every range of ports that is named without a negation. */
export function portsOf(text: string): [number, number][] {
  const lists = text.matchAll(/(?:--)?[ds]ports? (\{[^}]*\}|[\d:,-]+)/g);
  return [...lists].flatMap(([, list = '']) =>
    [...list.matchAll(/(\d+)(?:[:-](\d+))?/g)].map(([, first, last]): [number, number] => [
      Number(first),
      Number(last ?? first),
    ]),
  );
}

/** Addresses and networks that are named without a negation. */
function networksOf(text: string): string[] {
  const named = text.matchAll(/(?:(?:^|[^!] )-[ds]|ip [ds]addr) (\{[^}]*\}|\d[\d./]*)/g);
  return [...named].flatMap(([, list = '']) => list.match(/\d+(?:\.\d+){3}(?:\/\d+)?/g) ?? []);
}
