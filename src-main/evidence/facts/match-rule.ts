import { contains } from '../../ipvs/packet-marks.ts';
import type { FilterRule } from '../guest-facts.ts';

/** What a rule does to a packet; null for what neither ends nor moves it. */
export type RuleAction = 'drop' | 'reject' | 'redirect' | 'dnat' | 'tproxy';

const actions: readonly RuleAction[] = ['drop', 'reject', 'redirect', 'dnat', 'tproxy'];

/** By the rule's own verdict: a comment, a prefix of log lines or a chain's name is none. */
export function actionOf({ text }: FilterRule): RuleAction | null {
  const word = isIptables(text)
    ? optionsOf(text).findLast(({ name }) => name === '-j')?.value
    : nftVerdict(text);
  return actions.find((action) => action === word?.toLowerCase()) ?? null;
}

function nftVerdict(text: string): string | undefined {
  const bare = withoutWords(text).replace(/\b(jump|goto) \S+/g, '');
  // What iptables-nft made stands as `xt target "REDIRECT"`.
  return (
    /\bxt target "(\w+)"/.exec(text)?.[1] ??
    /(?:^| )(drop|reject|redirect|dnat|tproxy)(?= |$)/.exec(bare)?.[1]
  );
}

/** An nft rule without what people write into it. */
function withoutWords(text: string): string {
  return text.replace(/\b(comment|prefix) "[^"]*"/g, '');
}

/** What packets a rule is asked about: of a service, between these addresses. */
export interface Concern {
  readonly addresses: readonly string[];
  readonly port: number;
  /** Protocols by name or number; TCP, and in tunnel mode that of the tunnel. */
  readonly protocols: readonly string[];
}

/**
 * Whether a rule may take packets of the service: false where it asks for a protocol, a port, an address or an interface
 * that none of them has. What else it asks is not looked at.
 */
export function mayConcern({ text }: FilterRule, concern: Concern): boolean {
  const conditions = isIptables(text) ? iptablesConditions(text) : nftConditions(withoutWords(text));
  return conditions.every((condition) => mayHold(condition, concern));
}

interface Condition {
  readonly of: 'protocol' | 'port' | 'network' | 'interface';
  readonly values: readonly string[];
  readonly negated: boolean;
}

function mayHold({ of, values, negated }: Condition, { addresses, port, protocols }: Concern): boolean {
  // A set that has a name may hold anything.
  if (values.some((value) => value.startsWith('@'))) return true;
  const holds = (one: boolean) => one !== negated;
  switch (of) {
    case 'protocol':
      return protocols.some((own) => holds(values.includes(own)));
    case 'port':
      return holds(values.some((range) => isWithin(range, port)));
    case 'network':
      return addresses.some((own) => holds(values.some((net) => contains(net, own))));
    case 'interface':
      // The service's packets come by none of these.
      return negated || !values.every((name) => name === 'lo' || name === 'mgmt');
  }
}

/** `80`, `8000:8100` or `8000-8100`. */
function isWithin(range: string, port: number): boolean {
  const [first = 0, last = first] = range.split(/[:-]/).map(Number);
  return first <= port && port <= last;
}

function isIptables(text: string): boolean {
  return /^-[AP] /.test(text);
}

interface Option {
  readonly name: string;
  readonly value: string;
  readonly negated: boolean;
}

/** The options of a rule as iptables-save prints it: `! --dport 22`, `--comment "a b"`. */
function optionsOf(text: string): Option[] {
  const words = text.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  if (words[0] === '-P') return [{ name: '-j', value: words[2] ?? '', negated: false }];
  return words.flatMap((word, index) =>
    word.startsWith('-')
      ? [{ name: word, value: words[index + 1] ?? '', negated: words[index - 1] === '!' }]
      : [],
  );
}

const iptablesFields: Readonly<Record<string, Condition['of']>> = {
  ...{ '-p': 'protocol', '-s': 'network', '-d': 'network', '-i': 'interface', '-o': 'interface' },
  ...{ '--dport': 'port', '--sport': 'port', '--dports': 'port', '--sports': 'port', '--ports': 'port' },
};

function iptablesConditions(text: string): Condition[] {
  return optionsOf(text).flatMap(({ name, value, negated }) => {
    const of = iptablesFields[name];
    return of ? [{ of, values: value.split(','), negated }] : [];
  });
}

const nftFields: readonly (readonly [RegExp, Condition['of']])[] = [
  [/(?:ip protocol|meta l4proto)/, 'protocol'],
  [/(?:tcp|udp|sctp|dccp|th) [ds]port/, 'port'],
  [/ip [ds]addr/, 'network'],
  [/(?:[io]ifname|[io]if)/, 'interface'],
];

function nftConditions(text: string): Condition[] {
  const named = nftFields.flatMap(([field, of]) => {
    const all = text.matchAll(new RegExp(`(?:^| )${field.source} (!= )?(\\{[^}]*\\}|\\S+)`, 'g'));
    return [...all].map(([, not, list = '']): Condition => ({
      of,
      values: listed(list),
      negated: not !== undefined,
    }));
  });
  // A port or a flag of a protocol asks for the protocol as well.
  const implied = /(?:^| )(tcp|udp|icmp|sctp|dccp) (?:[ds]port|type|flags) /.exec(text)?.[1];
  return [
    ...named,
    ...(implied === undefined ? [] : [{ of: 'protocol' as const, values: [implied], negated: false }]),
  ];
}

/** `{ 80, 443 }` or `80`; names of interfaces are in quotation marks. */
function listed(list: string): string[] {
  return list
    .replace(/[{}"]/g, '')
    .split(',')
    .map((each) => each.trim());
}
