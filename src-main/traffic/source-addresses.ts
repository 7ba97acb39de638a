import { LabError } from '../contract/lab-error.ts';
import { isHostAddress, parseCidr, parseIpv4 } from '../template/ipv4.ts';
import { nicNameSchema, quote } from '../template/value-types.ts';

export interface SourceAddressOptions {
  /** The client's NIC, such as eth0. */
  readonly nic: string;
  /** The NIC's own address with its prefix, such as 10.1.0.2/24. */
  readonly own: string;
  /** What the client is to have besides, 1 to 64 addresses of the same subnet. */
  readonly addresses: readonly string[];
  /** What others in the subnet have: the VIP, the nodes. */
  readonly taken?: readonly string[];
}

export interface SourceAddressCommands {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Ends with 0 while the NIC has them all. */
  readonly verify: string;
}

const mostAddresses = 64;

/**
 * The commands that give the client more addresses, and take them away again.
 *
 * The prefix is /32: replies find their way without one, since the addresses lie in the NIC's subnet and the client
 * answers ARP for every address it has; and with /32 none is a secondary of the NIC's own, with which the kernel would
 * take it away (net.ipv4.conf.*.promote_secondaries).
 * @throws LabError 'bad-input' naming what is wrong with which address.
 */
export function sourceAddressCommands(options: SourceAddressOptions): SourceAddressCommands {
  const { nic, addresses } = options;
  const faults = faultsOf(options);
  if (faults.length > 0) {
    throw new LabError('bad-input', 'The client cannot have these source addresses.', {
      why: faults.join('; '),
      remedy: `Give 1 to ${mostAddresses} free addresses of the subnet of ${options.own}.`,
    });
  }
  const each = (verb: 'add' | 'del') =>
    addresses.map((address) => `ip address ${verb} ${quote(`${address}/32`)} dev ${quote(nic)}`);
  return {
    add: each('add'),
    remove: each('del'),
    verify: addresses
      .map((address) => `ip -4 -o address show dev ${quote(nic)} | grep -qwF ${quote(`inet ${address}/32`)}`)
      .join(' && '),
  };
}

function faultsOf({ nic, own, addresses, taken = [] }: SourceAddressOptions): string[] {
  const net = parseCidr(own);
  if (!net) return [`${own} is not an address with its prefix`];
  const size = 2 ** (32 - net.prefix);
  const subnet = { first: net.address - (net.address % size), prefix: net.prefix };
  const faults: string[] = [];
  if (!nicNameSchema.safeParse(nic).success) faults.push(`${nic} is not a NIC: eth0 to eth9`);
  if (addresses.length === 0 || addresses.length > mostAddresses)
    faults.push(`${addresses.length} addresses`);
  const used = new Set([net.address, ...taken.map(parseIpv4)]);
  for (const address of addresses) {
    const parsed = parseIpv4(address);
    if (parsed === undefined) faults.push(`${address} is not an IPv4 address`);
    else if (!isHostAddress(parsed, subnet)) faults.push(`${address} is not an address of a host in ${own}`);
    else if (used.has(parsed)) faults.push(`${address} is in use`);
    used.add(parsed);
  }
  return faults;
}
