import type { GuestTraits } from './guest-traits.ts';

/** Where a family's own scripts of ipvsadm look for a director's table, which `ipvsadm-save -n` writes. Pure. */
export function rulesFileOf({ family }: Pick<GuestTraits, 'family'>): string {
  return family === 'rhel' ? '/etc/sysconfig/ipvsadm' : '/etc/ipvsadm.rules';
}
