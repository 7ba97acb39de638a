import type { FilterRule } from '../guest-facts.ts';

interface NftLine {
  readonly family: string;
  /** `ip nat PREROUTING` */
  readonly chain: string;
  /** Of its chain; empty where that has none. */
  readonly hook: string;
  readonly text: string;
}

/** Lines of `nft list ruleset` with the table and chain they stand in. */
function nftLines(lines: readonly string[]): NftLine[] {
  const found: NftLine[] = [];
  let at = outside('', '');
  for (const line of lines) {
    const [, kind, words = ''] = /^(table|chain|set|map|flowtable|counter)\s+(.*?)\s*\{$/.exec(line) ?? [];
    if (kind === 'table') at = outside(...(words.split(' ') as [string, string]));
    else if (kind !== undefined || line === '}')
      at = { ...at, chain: kind === 'chain' ? words : '', hook: '' };
    else if (at.chain !== '') {
      at.hook = hookIn(line) ?? at.hook;
      found.push({ ...at, chain: `${at.family} ${at.table} ${at.chain}`, text: line });
    }
  }
  return found;
}

function outside(family: string, table: string) {
  return { family, table, chain: '', hook: '' };
}

/** `type filter hook prerouting priority mangle; policy accept;` */
function hookIn(line: string): string | undefined {
  return line.startsWith('type ') ? /hook (\w+)/.exec(line)?.[1] : undefined;
}

/** The rules in what `nft list ruleset` prints, without those that look at ARP; a chain's policy `drop` is one too. */
export function parseNft(lines: readonly string[]): FilterRule[] {
  return nftLines(lines).flatMap(({ family, chain, hook, text }) => {
    if (family === 'arp') return [];
    if (text.startsWith('type ')) {
      return text.includes(' policy drop;')
        ? [{ chain, text: `hook ${hook} policy drop`, packets: null }]
        : [];
    }
    if (/^(comment|policy|devices?) /.test(text)) return [];
    const packets = /\bcounter packets (\d+) bytes \d+/.exec(text)?.[1];
    return [
      {
        chain,
        ...(hook !== '' && { hook }),
        text: text.replace(/\bcounter packets \d+ bytes \d+ ?/, '').trim(),
        packets: packets === undefined ? null : Number(packets),
      },
    ];
  });
}

/** Rules of nft's family `arp`. */
export function arpRulesOf(lines: readonly string[]): string[] {
  return nftLines(lines).flatMap(({ family, text }) =>
    family === 'arp' && !text.startsWith('type ') ? [text] : [],
  );
}

/** The rules in what `iptables-save -c` prints; a chain's policy DROP is one too. */
export function parseIptables(lines: readonly string[]): FilterRule[] {
  let table = '';
  return lines.flatMap((line) => {
    if (line.startsWith('*')) table = line.slice(1);
    const [, own, policy, counted] = /^:(\S+) (\S+) \[(\d+):/.exec(line) ?? [];
    if (own !== undefined && policy === 'DROP')
      return [{ chain: `${table} ${own}`, text: `-P ${own} DROP`, packets: Number(counted) }];
    const [, packets, chain = '', rest = ''] = /^\[(\d+):\d+\] -A (\S+) ?(.*)$/.exec(line) ?? [];
    if (packets === undefined) return [];
    return [{ chain: `${table} ${chain}`, text: `-A ${chain} ${rest}`.trim(), packets: Number(packets) }];
  });
}
