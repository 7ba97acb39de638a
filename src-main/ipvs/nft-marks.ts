import type { MarkRule } from './packet-marks.ts';

/** The tables that iptables-nft makes. */
const ofIptables = /^table ip (filter|mangle|nat|raw|security) /;

/** The rules of `nft list ruleset` that give packets a mark. */
export function nftRules(
  listing: string,
  { skipsIptables }: { readonly skipsIptables: boolean },
): MarkRule[] {
  const rules: MarkRule[] = [];
  let [table, chain, hook] = ['', '', ''];
  for (const line of listing.split('\n').map((each) => each.trim())) {
    if (line.startsWith('table ')) table = line;
    else if (line.startsWith('chain ')) [chain, hook] = [line.split(' ')[1] ?? '', ''];
    else if (line.startsWith('type ')) hook = /hook (\w+)/.exec(line)?.[1] ?? '';
    else if (!(skipsIptables && ofIptables.test(table))) rules.push(...nftRule(line, { chain, hook }));
  }
  return rules;
}

const passedBy = ['output', 'forward', 'postrouting', 'egress'];

/**
 * `ip daddr 10.10.0.100 tcp dport { 80, 443 } counter packets 0 bytes 0 meta mark set 0x00000001`, if it gives a
 * request's packets a mark.
 * @param hook Empty for a chain of somebody's own: from which packets come to it is not known.
 */
export function nftRule(text: string, { chain, hook }: { chain: string; hook: string }): MarkRule[] {
  const set = /(?:meta )?mark set (\S+)/.exec(text);
  if (!set || passedBy.includes(hook)) return [];
  const where = hook === '' ? [`chain ${chain}`] : [];
  const value = Number(set[1]);
  const known = Number.isInteger(value);
  const before = text.slice(0, set.index);
  const others = [...where, ...unknownIn(before), ...(known ? [] : [set[0]])];
  return [
    {
      ...{ value: known ? value : 0, mask: known ? 0xffffffff : 0, text, others },
      ...{ protocol: protocolIn(before), destination: valuesOf(before, addresses) ?? null },
      ports: portsIn(before),
    },
  ];
}

function protocolIn(text: string): string | null {
  const found = /(tcp|udp|sctp) dport|(?:meta l4proto|ip protocol) (tcp|udp|sctp)/.exec(text);
  return found?.[1] ?? found?.[2] ?? null;
}

// Values that are written out: sets that have names, and combinations of several, are not understood.
const addresses = /ip daddr (\{[\d.,/ -]*\}|\d[\d./-]*)(?= |$)/g;
const ports = /(?:tcp|udp|sctp|th) dport (\{[\d, -]*\}|\d[\d-]*)(?= |$)/g;

function portsIn(text: string): MarkRule['ports'] {
  return valuesOf(text, ports)?.map(portRange) ?? null;
}

/** The conditions that are none of those. */
function unknownIn(text: string): string[] {
  const rest = text
    .replace(addresses, '')
    .replace(ports, '')
    .replace(/(meta l4proto|ip protocol) (tcp|udp|sctp)(?= |$)/g, '')
    .replace(/counter( packets \d+ bytes \d+)?|comment "[^"]*"/g, '')
    .trim();
  return rest ? [rest] : [];
}

/** `{ 80, 443 }` or `80`; undefined where there is neither. */
function valuesOf(text: string, field: RegExp): string[] | undefined {
  const [found] = [...text.matchAll(field)];
  return found?.[1]
    ?.replace(/[{}]/g, '')
    .split(',')
    .map((each) => each.trim());
}

function portRange(text: string): [number, number] {
  const [first = 0, last = first] = text.split('-').map(Number);
  return [first, last];
}
