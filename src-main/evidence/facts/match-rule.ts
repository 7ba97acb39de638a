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

/** Whether a rule that rejects answers by an RST; others send ICMP (iptables-extensions(8), nft(8)). */
export function sendsReset({ text }: FilterRule): boolean {
  if (!isIptables(text)) return / reject with tcp reset\b/.test(` ${withoutWords(text)}`);
  return optionsOf(text).some(({ name, value }) => name === '--reject-with' && value === 'tcp-reset');
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
  /** Of the rule's node: which packets pass its chains. Without it any may. */
  readonly role?: 'client' | 'director' | 'real-server' | 'router' | undefined;
}

/**
 * Whether a rule may take packets of the service, requests or replies: false where it asks for a protocol, a port, an
 * address or an interface that none of them has. What else it asks is not looked at.
 */
export function mayConcern(rule: FilterRule, concern: Concern): boolean {
  const { text } = rule;
  const conditions = isIptables(text) ? iptablesConditions(text) : nftConditions(withoutWords(text));
  const ends = endsAt(rule, concern);
  return ends.some((each) => conditions.every((condition) => mayHold(condition, concern, each)));
}

type Range = readonly [first: number, last: number];

/** From where clients connect: the kernel's net.ipv4.ip_local_port_range as it comes (ip-sysctl.rst). */
const clientPorts: Range = [32_768, 60_999];

/** The ports of a packet, each one of a range. */
type Ends = Readonly<Record<'source-port' | 'target-port', Range>>;

const inwards: readonly string[] = ['input', 'prerouting', 'ingress'];
const outwards: readonly string[] = ['output', 'postrouting', 'egress'];

/** The ends of requests, of replies or of both, by which of them pass the rule's chain on a node of that role. */
function endsAt(rule: FilterRule, { port, role }: Concern): Ends[] {
  const service: Range = [port, port];
  const request: Ends = { 'source-port': clientPorts, 'target-port': service };
  const reply: Ends = { 'source-port': service, 'target-port': clientPorts };
  const hook = hookOf(rule);
  const [requests, replies] = role === 'client' ? [outwards, inwards] : [inwards, outwards];
  // What a director passes on goes both ways; to itself come requests alone.
  if (role === 'director') return hook === 'input' ? [request] : [request, reply];
  if (role !== undefined && requests.includes(hook)) return [request];
  return role !== undefined && replies.includes(hook) ? [reply] : [request, reply];
}

/** iptables names its built-in chains after the hooks: `filter INPUT`. */
function hookOf({ chain, hook }: FilterRule): string {
  return hook ?? /^\w+ ([A-Z]+)$/.exec(chain)?.[1]?.toLowerCase() ?? '';
}

interface Condition {
  /** `port` is either end's. */
  readonly of: 'protocol' | keyof Ends | 'port' | 'network' | 'interface';
  readonly values: readonly string[];
  readonly negated: boolean;
}

function mayHold({ of, values, negated }: Condition, concern: Concern, ends: Ends): boolean {
  const { addresses, port, protocols } = concern;
  // A set that has a name may hold anything.
  if (values.some((value) => value.startsWith('@'))) return true;
  const holds = (one: boolean) => one !== negated;
  switch (of) {
    case 'protocol':
      return protocols.some((own) => holds(values.includes(own)));
    case 'source-port':
    case 'target-port':
      return negated
        ? !values.some((range) => isWithin(ends[of], rangeOf(range)))
        : values.some((range) => overlap(ends[of], rangeOf(range)));
    case 'port':
      return holds(values.some((range) => isWithin([port, port], rangeOf(range))));
    case 'network':
      return addresses.some((own) => holds(values.some((net) => contains(net, own))));
    case 'interface':
      // The service's packets come by none of these.
      return negated || !values.every((name) => name === 'lo' || name === 'mgmt');
  }
}

/** `80`, `8000:8100` or `8000-8100`. */
function rangeOf(text: string): Range {
  const [first = 0, last = first] = text.split(/[:-]/).map(Number);
  return [first, last];
}

function isWithin([first, last]: Range, [from, to]: Range): boolean {
  return from <= first && last <= to;
}

function overlap([first, last]: Range, [from, to]: Range): boolean {
  return first <= to && from <= last;
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
  ...{ '--dport': 'target-port', '--dports': 'target-port' },
  ...{ '--sport': 'source-port', '--sports': 'source-port', '--ports': 'port' },
};

function iptablesConditions(text: string): Condition[] {
  return optionsOf(text).flatMap(({ name, value, negated }) => {
    const of = iptablesFields[name];
    return of ? [{ of, values: value.split(','), negated }] : [];
  });
}

const nftFields: readonly (readonly [RegExp, Condition['of']])[] = [
  [/(?:ip protocol|meta l4proto)/, 'protocol'],
  [/(?:tcp|udp|sctp|dccp|th) dport/, 'target-port'],
  [/(?:tcp|udp|sctp|dccp|th) sport/, 'source-port'],
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
