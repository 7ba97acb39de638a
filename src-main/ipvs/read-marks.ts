import type { MarkRule } from './packet-marks.ts';
import { nftRules } from './nft-marks.ts';

/**
 * Lists the rules that set marks, where a service by mark is there at all: shell text, the director's. It only reads:
 * iptables-save without a table lists those there are, and makes none.
 */
export const marksScript = [
  "if grep -q '^FWM' /proc/net/ip_vs 2>/dev/null; then",
  '  for save in iptables-save iptables-legacy-save; do',
  '    listing=$($save 2>/dev/null) && echo "== iptables" && echo "$listing"',
  '  done',
  '  listing=$(nft list ruleset 2>/dev/null) && echo "== nft" && echo "$listing"',
  'fi',
  'true',
].join('\n');

/**
 * Reads what `marksScript` prints.
 * @returns Undefined where there is a service by mark, and no tool to list rules with.
 * @param marked Whether there is a service by mark.
 */
export function parseMarks(output: string, marked: boolean): MarkRule[] | undefined {
  if (!marked) return [];
  const parts = output.split(/^== /m).slice(1);
  if (parts.length === 0) return undefined;
  const listings = (tool: string) =>
    parts.flatMap((part) => (part.startsWith(`${tool}\n`) ? [part.slice(tool.length + 1)] : []));
  const tables = listings('iptables');
  return [
    ...tables.flatMap(iptablesRules),
    // What iptables-nft made is listed by both, and by nft with less of what its extensions match.
    ...listings('nft').flatMap((listing) => nftRules(listing, { skipsIptables: tables.length > 0 })),
  ];
}

/** The chains that a request's packets come through before ip_vs takes them. */
const chains = ['PREROUTING', 'INPUT'];
const passedBy = ['OUTPUT', 'FORWARD', 'POSTROUTING'];

function iptablesRules(listing: string): MarkRule[] {
  const mangle = /^\*mangle$([\s\S]*?)^COMMIT$/m.exec(listing)?.[1] ?? '';
  return mangle.split('\n').flatMap((line) => iptablesRule(line) ?? []);
}

/** A rule of table mangle, `-A PREROUTING -p tcp --dport 80 -j MARK --set-xmark 0x1/0xffffffff`, if it sets a mark. */
export function iptablesRule(text: string): MarkRule | undefined {
  const [, chain = '', words = ''] = /^-A (\S+) (.*)$/.exec(text) ?? [];
  const target = /-j (MARK --set-x?mark (\S+)|CONNMARK --restore-mark)/.exec(words);
  if (!target || passedBy.includes(chain)) return undefined;
  const set = /^(0x[0-9a-f]+|\d+)(?:\/(0x[0-9a-f]+|\d+))?$/i.exec(target[2] ?? '');
  const rule: Open = {
    ...{ value: Number(set?.[1] ?? 0), mask: set ? Number(set[2] ?? 0xffffffff) : 0 },
    ...{ protocol: null, destination: null, ports: null, text },
    others: [...inChain(chain), ...(set ? [] : ['CONNMARK'])],
  };
  takeConditions(rule, words.replace(/ ?-j .*$/, ''));
  return rule;
}

/** From which packets come to a chain of somebody's own is not known. */
function inChain(chain: string): string[] {
  return chains.includes(chain) ? [] : [`chain ${chain}`];
}

interface Open extends MarkRule {
  protocol: MarkRule['protocol'];
  destination: MarkRule['destination'];
  ports: MarkRule['ports'];
}

/** `-d 10.10.0.100/32 -p tcp -m tcp --dport 80` */
function takeConditions(rule: Open, words: string): void {
  for (const [, option = '', value = ''] of words.matchAll(/((?:! )?--?[\w-]+)((?: (?!-|! )\S+)*)/g)) {
    const word = value.trim();
    if (option === '-p') rule.protocol = word;
    else if (option === '-d') rule.destination = word.split(',');
    else if (option === '--dport' || option === '--dports') rule.ports = word.split(',').map(portRange);
    else if (
      !(option === '-m' && ['tcp', 'udp', 'sctp', 'multiport', 'comment'].includes(word)) &&
      option !== '--comment'
    )
      rule.others.push(`${option} ${word}`.trim());
  }
}

function portRange(text: string): [number, number] {
  const [first = 0, last = first] = text.split(':').map(Number);
  return [first, last];
}
