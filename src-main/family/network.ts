import type { GuestSystem } from './guest-traits.ts';
import { guestScript, writeFile, type GuestFile } from './write-file.ts';

/** The NIC over which a guest is managed. */
export interface ManagementNic {
  /** Small hexadecimal digits with colons. */
  readonly mac: string;
  /** IPv4 address with prefix length. */
  readonly address: string;
}

type Keeper = Exclude<GuestSystem['network'], 'none'>;

/**
 * The shell script after which a guest, from its next start on, names its management NIC `mgmt` and gives it a fixed
 * address with no gateway, and leaves eth0, eth1 … and tunl0, which belong to recipes, to whoever sets them up. What
 * cloud-init, netplan and the installer left for NICs is removed; the connection in use goes on until the restart. Pure.
 * @param system.network 'none' is the embedded guest's, which needs none of this: nothing is written for it.
 */
export function networkScript({ network }: Pick<GuestSystem, 'network'>, nic: ManagementNic): string {
  if (network === 'none') return guestScript();
  return guestScript(leftovers, ...networkFiles(network, nic).map(writeFile), ...afterwards[network]);
}

/** The files it writes, in their order. Pure. */
export function networkFiles(network: Keeper, nic: ManagementNic): GuestFile[] {
  return [nameFile(network, nic), ...ownFiles[network](nic)];
}

const leftovers = [
  'rm -f /etc/netplan/*.yaml /run/systemd/network/*netplan* /etc/systemd/network/*cloud-init*',
  'rm -f /etc/network/interfaces.d/* /etc/NetworkManager/system-connections/*',
  'rm -f /etc/udev/rules.d/70-persistent-net.rules',
  'if test -d /etc/sysconfig/network-scripts; then',
  "  find /etc/sysconfig/network-scripts -name 'ifcfg-*' ! -name ifcfg-lo -delete",
  'fi',
  // ifupdown would go on bringing up what its own file names.
  'if test -e /etc/network/interfaces; then',
  String.raw`  printf 'auto lo\niface lo inet loopback\n' >/etc/network/interfaces`,
  'fi',
].join('\n');

/**
 * A .link file (systemd.link(5)) names it also where `net.ifnames=0` turned the naming by policy off. systemd 219 of
 * EL7 has no rule that would take it over a name given before, so there it is a rule of udev's own.
 */
function nameFile(network: Keeper, { mac }: ManagementNic): GuestFile {
  return network === 'network-scripts'
    ? {
        path: '/etc/udev/rules.d/70-lvslab-mgmt.rules',
        content: `SUBSYSTEM=="net", ACTION=="add", ATTR{address}=="${mac}", NAME="mgmt"\n`,
      }
    : {
        path: '/etc/systemd/network/10-lvslab-mgmt.link',
        content: `[Match]\nMACAddress=${mac}\n\n[Link]\nName=mgmt\n`,
      };
}

const ownFiles: Readonly<Record<Keeper, (nic: ManagementNic) => GuestFile[]>> = {
  networkd: ({ address }) => [
    {
      path: '/etc/systemd/network/10-lvslab-mgmt.network',
      content: `[Match]\nName=mgmt\n\n[Network]\nAddress=${address}\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n`,
    },
    {
      path: '/etc/systemd/network/05-lvslab-nics.network',
      content: '# These belong to the lab.\n[Match]\nName=eth* tunl*\n\n[Link]\nUnmanaged=yes\n',
    },
  ],
  'network-manager': ({ address }) => [
    {
      path: '/etc/NetworkManager/conf.d/90-lvslab.conf',
      content: [
        '# These belong to the lab.',
        '[main]',
        'no-auto-default=*',
        '',
        '[keyfile]',
        'unmanaged-devices=interface-name:eth*;interface-name:tunl*',
        '',
      ].join('\n'),
    },
    {
      // Others may not read it, or NetworkManager does not take it.
      mode: '600',
      path: '/etc/NetworkManager/system-connections/lvslab-mgmt.nmconnection',
      content: [
        '[connection]',
        'id=lvslab-mgmt',
        'uuid=6f7a4c0e-0b1d-4c55-9d0e-2f6d67a0c2b1',
        'type=ethernet',
        'interface-name=mgmt',
        '',
        '[ipv4]',
        'method=manual',
        `address1=${address}`,
        'never-default=true',
        '',
        '[ipv6]',
        'method=ignore',
        '',
      ].join('\n'),
    },
  ],
  'network-scripts': ({ address }) => {
    const [ip = '', prefix = ''] = address.split('/');
    return [
      {
        path: '/etc/sysconfig/network-scripts/ifcfg-mgmt',
        content: [
          ...['DEVICE=mgmt', 'BOOTPROTO=none', 'ONBOOT=yes', 'NM_CONTROLLED=no'],
          ...[`IPADDR=${ip}`, `PREFIX=${prefix}`, 'DEFROUTE=no', 'IPV6INIT=no', ''],
        ].join('\n'),
      },
    ];
  },
};

const afterwards: Readonly<Record<Keeper, readonly string[]>> = {
  networkd: [
    'systemctl enable systemd-networkd.service',
    'if systemctl cat networking.service >/dev/null 2>&1; then systemctl disable networking.service; fi',
  ],
  'network-manager': ['systemctl enable NetworkManager.service'],
  // The old init script of that name is enabled by chkconfig, which systemctl calls.
  'network-scripts': ['systemctl enable network.service'],
};
