import type { GuestSession } from '../../src-main/guest/guest-session.ts';

/**
 * What the recipes touch on each node while they are applied, as text.
 * @param more A command whose output is added to it.
 */
export async function guestState(
  nodes: ReadonlyMap<string, GuestSession>,
  more = '',
): Promise<Record<string, string>> {
  const keys = [
    'ip_forward',
    'conf.all.arp_ignore',
    'conf.all.arp_announce',
    'conf.all.send_redirects',
    'conf.all.rp_filter',
  ];
  const command = [
    'ip -o -4 addr show | sed "s/valid_lft.*//"',
    'ip -4 route show table all',
    `sysctl ${keys.map((key) => `net.ipv4.${key}`).join(' ')}`,
    'systemctl is-active nginx apache2 lvs-health',
    'nft list ruleset',
    'lsmod | grep -o "^ip_vs[a-z_]*" | sort',
    'test -e /proc/net/ip_vs && ipvsadm -Sn',
    ...(more ? [more] : []),
    'true',
  ].join('; ');
  const states = await Promise.all(
    [...nodes].map(async ([name, session]) => [name, (await session.run(command)).stdout] as const),
  );
  return Object.fromEntries(states);
}
