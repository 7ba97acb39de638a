import { expect, it } from 'vitest';
import { partsOf } from '../../../src-renderer/ui/terms.ts';

it.each([
  ['The VIP and its VIP', ['The ', 'VIP!', ' and its VIP']],
  ['VIPは ARP で', ['VIP!', 'は ', 'ARP!', ' で']],
  ['由RIP应答', ['由', 'RIP!', '应答']],
  ['VIPs, RIPPED and arp', ['VIPs, RIPPED and arp']],
  ['', []],
])('explains the terms of %j where they first stand', (text, expected) => {
  expect(partsOf(text).map((part) => (part.term ? `${part.text}!` : part.text))).toEqual(expected);
});
