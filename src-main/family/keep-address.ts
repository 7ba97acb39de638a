import type { GuestTraits } from './guest-traits.ts';

/** How an address is kept over a restart in a family's own way, as people of it write it down. */
export interface KeptAddress {
  /** Files, by their path, with what is in them. */
  readonly files: Readonly<Record<string, string>>;
  /** What is run once. */
  readonly commands: readonly string[];
}

/** An address that is to be kept. */
export interface AddressTerms {
  readonly nic: string;
  /** IPv4 address with prefix length. */
  readonly address: string;
  /** The default route's; null for none. */
  readonly gateway: string | null;
  /** Whether it comes beside another of the same NIC, as a virtual IP address does. */
  readonly alias: boolean;
}

/**
 * The family's own way: nmcli(1) where NetworkManager keeps the NICs, ifcfg files (of an alias ifcfg-eth0:0, as in
 * tutorials) where network-scripts do, .network files where networkd does; undefined where nothing keeps them. The NIC
 * is then no longer one that is left alone, so it is not done beside a recipe. Pure.
 */
export function keptAddress(
  { network }: Pick<GuestTraits, 'network'>,
  terms: AddressTerms,
): KeptAddress | undefined {
  switch (network) {
    case 'network-manager':
      return { files: {}, commands: nmcli(terms) };
    case 'network-scripts':
      return { files: ifcfg(terms), commands: [`ifup ${deviceOf(terms)}`] };
    case 'networkd':
      return { files: networkd(terms), commands: ['networkctl reload'] };
    case 'none':
      return undefined;
  }
}

function deviceOf({ nic, alias }: AddressTerms): string {
  return alias ? `${nic}:0` : nic;
}

/** NetworkManager has no aliases: a second address is one more of the connection. lo can have one from 1.42 on. */
function nmcli({ nic, address, gateway, alias }: AddressTerms): string[] {
  const type = nic === 'lo' ? 'loopback' : 'ethernet';
  if (alias && nic !== 'lo')
    return [`nmcli connection modify ${nic} +ipv4.addresses ${address}`, `nmcli connection up ${nic}`];
  const addresses = nic === 'lo' ? `127.0.0.1/8,${address}` : address;
  return [
    `nmcli connection add type ${type} con-name ${nic} ifname ${nic} ipv4.method manual ipv4.addresses ${addresses}${gateway ? ` ipv4.gateway ${gateway}` : ''}`,
    `nmcli connection up ${nic}`,
  ];
}

function ifcfg(terms: AddressTerms): Record<string, string> {
  const { address, gateway } = terms;
  const [ip = '', prefix = ''] = address.split('/');
  const device = deviceOf(terms);
  const lines = [
    ...[`DEVICE=${device}`, 'BOOTPROTO=none', 'ONBOOT=yes', `IPADDR=${ip}`, `PREFIX=${prefix}`],
    ...(gateway ? [`GATEWAY=${gateway}`] : []),
  ];
  return { [`/etc/sysconfig/network-scripts/ifcfg-${device}`]: lines.map((line) => `${line}\n`).join('') };
}

/** More than one address of a NIC stand in one file, so an alias is a drop-in beside it. */
function networkd({ nic, address, gateway, alias }: AddressTerms): Record<string, string> {
  const route = gateway ? `Gateway=${gateway}\n` : '';
  const network = `[Network]\nAddress=${address}\n${route}`;
  return alias && nic !== 'lo'
    ? { [`/etc/systemd/network/20-${nic}.network.d/vip.conf`]: network }
    : { [`/etc/systemd/network/20-${nic}.network`]: `[Match]\nName=${nic}\n\n${network}` };
}
