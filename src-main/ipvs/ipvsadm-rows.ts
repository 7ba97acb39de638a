import type { IpvsProtocol } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';

/** What every listing of ipvsadm has: a line for each virtual service, and below it one for each real server. */
export interface ServiceRows {
  readonly protocol: IpvsProtocol;
  /** `VIP:port`, or the number of the firewall mark (with ` IPv6` behind it for IPv6). */
  readonly address: string;
  /** The words after the address. */
  readonly rest: readonly string[];
  readonly servers: readonly { readonly address: string; readonly rest: readonly string[] }[];
}

const protocols: Readonly<Record<string, IpvsProtocol>> = {
  TCP: 'tcp',
  UDP: 'udp',
  SCTP: 'sctp',
  FWM: 'fwmark',
};

/**
 * Splits a listing of ipvsadm (1.27 to 1.31) into services and their real servers. Headings and empty lines are passed
 * over.
 * @throws LabError 'guest-command-failed' on a real server that stands under no service.
 */
export function readRows(output: string): ServiceRows[] {
  const services: (ServiceRows & { servers: { address: string; rest: string[] }[] })[] = [];
  for (const line of output.split('\n')) {
    const [first = '', address = '', ...rest] = line.trim().split(/\s+/);
    const protocol = protocols[first];
    if (protocol) {
      const ipv6Mark = protocol === 'fwmark' && rest[0] === 'IPv6';
      const name = ipv6Mark ? `${address} IPv6` : address;
      services.push({ protocol, address: name, rest: ipv6Mark ? rest.slice(1) : rest, servers: [] });
    } else if (first === '->' && address !== 'RemoteAddress:Port') {
      const service = services.at(-1);
      if (!service) throw unreadable(line);
      service.servers.push({ address, rest });
    }
  }
  return services;
}

/** A word of a listing as a whole number; `line` is named when it is none. */
export function count(word: string | undefined, line: readonly string[]): number {
  if (word === undefined || !/^\d+$/.test(word)) throw unreadable(line.join(' '));
  return Number(word);
}

export function unreadable(line: string): LabError {
  return new LabError('guest-command-failed', 'ipvsadm printed a line that LVS Lab cannot read.', {
    why: line.trim(),
    remedy: 'Run `ipvsadm -Ln` on the director and compare; listings of ipvsadm 1.27 to 1.31 are understood.',
  });
}
