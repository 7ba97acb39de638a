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
  let [family, table, chain, hook] = ['', '', '', ''];
  for (const line of lines) {
    const head = /^(table|chain|set|map|flowtable|counter)\s+(.*?)\s*\{$/.exec(line);
    if (head?.[1] === 'table') {
      [family = '', table = ''] = (head[2] ?? '').split(' ');
      chain = '';
    } else if (head) [chain, hook] = [head[1] === 'chain' ? (head[2] ?? '') : '', ''];
    else if (line === '}') chain = '';
    else if (chain !== '') {
      if (line.startsWith('type ')) hook = /hook (\w+)/.exec(line)?.[1] ?? '';
      found.push({ family, chain: `${family} ${table} ${chain}`, hook, text: line });
    }
  }
  return found;
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
