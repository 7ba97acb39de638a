import type { GuestTraits } from './guest-traits.ts';
import { fileAsTyped } from './keep-file.ts';

/** An address that is to be kept. */
export interface AddressTerms {
  readonly nic: string;
  /** IPv4 address with prefix length. */
  readonly address: string;
  /** Whether it comes beside another of the same NIC, as a virtual IP address does. */
  readonly alias: boolean;
}

type Keeper = Pick<GuestTraits, 'network'>;

/**
 * How an address is kept over a restart in the family's own way, as it is typed: nmcli(1) where NetworkManager keeps the
 * NICs, ifcfg files (of an alias ifcfg-eth0:0, as in tutorials; sysconfig.txt of initscripts) where network-scripts do,
 * systemd.network(5) where networkd does; empty where nothing keeps them. The NIC is then no longer one that is left alone,
 * so it is not done beside a recipe. Pure.
 */
export function keptAddress({ network }: Keeper, terms: AddressTerms): string[] {
  switch (network) {
    case 'network-manager':
      return nmcli(terms);
    case 'network-scripts':
      return ifcfg(terms);
    case 'networkd':
      return networkd(terms);
    case 'none':
      return [];
  }
}

/** The same for the default route by a NIC whose own address is kept already. @param gateway An IPv4 address. */
export function keptGateway({ network }: Keeper, nic: string, gateway: string): string[] {
  switch (network) {
    case 'network-manager':
      return [`nmcli connection modify ${nic} ipv4.gateway ${gateway}`, `nmcli connection up ${nic}`];
    case 'network-scripts':
      return [`echo GATEWAY=${gateway} >>${ifcfgOf(nic)}`, `ifup ${nic}`];
    case 'networkd':
      return dropIn(nic, 'gateway', `[Network]\nGateway=${gateway}\n`);
    case 'none':
      return [];
  }
}

/** NetworkManager has no aliases: a second address is one more of the connection. lo can have one from 1.42 on. */
function nmcli({ nic, address, alias }: AddressTerms): string[] {
  const up = `nmcli connection up ${nic}`;
  if (alias && nic !== 'lo') return [`nmcli connection modify ${nic} +ipv4.addresses ${address}`, up];
  const [type, addresses] = nic === 'lo' ? ['loopback', `127.0.0.1/8,${address}`] : ['ethernet', address];
  return [
    `nmcli connection add type ${type} con-name ${nic} ifname ${nic} ipv4.method manual ipv4.addresses ${addresses}`,
    up,
  ];
}

function ifcfgOf(device: string): string {
  return `/etc/sysconfig/network-scripts/ifcfg-${device}`;
}

function ifcfg({ nic, address, alias }: AddressTerms): string[] {
  const [ip = '', prefix = ''] = address.split('/');
  const device = alias ? `${nic}:0` : nic;
  const lines = [`DEVICE=${device}`, 'BOOTPROTO=none', 'ONBOOT=yes', `IPADDR=${ip}`, `PREFIX=${prefix}`];
  return [fileAsTyped(ifcfgOf(device), `${lines.join('\n')}\n`), `ifup ${device}`];
}

/** More than one address of a NIC stand in one file, so an alias is a drop-in beside it. */
function networkd({ nic, address, alias }: AddressTerms): string[] {
  const network = `[Network]\nAddress=${address}\n`;
  if (alias && nic !== 'lo') return dropIn(nic, 'vip', network);
  return [fileAsTyped(networkdFile(nic), `[Match]\nName=${nic}\n\n${network}`), 'networkctl reload'];
}

function dropIn(nic: string, name: string, content: string): string[] {
  const folder = `${networkdFile(nic)}.d`;
  return [`mkdir -p ${folder}`, fileAsTyped(`${folder}/${name}.conf`, content), 'networkctl reload'];
}

function networkdFile(nic: string): string {
  return `/etc/systemd/network/20-${nic}.network`;
}
