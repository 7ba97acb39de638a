import type { GuestTraits } from './guest-traits.ts';
import { rulesFileOf } from './rules-file.ts';

/**
 * How a director's table is kept over a restart by the service of the family's ipvsadm, as it is typed. ipvsadm.service of
 * the rhel family gives its file to ipvsadm-restore, fails without it, and writes it when it stops (package ipvsadm 1.27).
 * Debian's /etc/init.d/ipvsadm loads its file only where AUTO is true in /etc/default/ipvsadm (package ipvsadm 1.31-1).
 * Time-outs (`ipvsadm --set`) are not in what `ipvsadm -S` prints. Pure.
 */
export function keptRules(traits: Pick<GuestTraits, 'family'>): string[] {
  return [
    `ipvsadm -Sn >${rulesFileOf(traits)}`,
    ...(traits.family === 'debian' ? [`sed -i 's/^AUTO=.*/AUTO="true"/' /etc/default/ipvsadm`] : []),
    'systemctl enable ipvsadm',
  ];
}
