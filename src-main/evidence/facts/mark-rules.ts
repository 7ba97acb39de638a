import { nftRule } from '../../ipvs/nft-marks.ts';
import type { MarkRule } from '../../ipvs/packet-marks.ts';
import { iptablesRule } from '../../ipvs/read-marks.ts';
import type { FilterRule } from '../guest-facts.ts';

/** The rules of a guest that set a firewall mark, as `serviceOf` takes them. */
export function markRulesOf(rules: readonly FilterRule[]): MarkRule[] {
  return rules.flatMap(({ chain, hook = '', text }) => {
    if (!text.startsWith('-A ')) return nftRule(text, { chain, hook });
    return (chain.startsWith('mangle ') ? iptablesRule(text) : undefined) ?? [];
  });
}
