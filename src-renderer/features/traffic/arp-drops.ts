import type { LabView } from '../../../src-main/contract/lab-view.ts';

/** Cables, `node:nic`, that drop ARP while other frames pass: who knows a MAC already goes on as if nothing were wrong. */
export function cablesThatDropArp(impairments: LabView['impairments']): string[] {
  return Object.entries(impairments)
    .filter(
      ([, { cut, from, to }]) =>
        !cut && [from, to].some((way) => way?.drop?.some(({ protocol }) => protocol === 'arp')),
    )
    .map(([cable]) => cable);
}
