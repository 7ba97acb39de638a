import type { MarkRule } from '../contract/ipvs.ts';

export type { MarkRule } from '../contract/ipvs.ts';

/** What a client asks for. */
export interface ServiceRequest {
  readonly vip: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

/** The mark that packets of a request get; not sure where a rule has conditions that are not understood. */
export function markOf(
  rules: readonly MarkRule[],
  request: ServiceRequest,
): { readonly mark: number; readonly sure: boolean } {
  let mark = 0;
  let sure = true;
  for (const rule of rules) {
    if (!matches(rule, request)) continue;
    if (rule.others.length > 0) sure = false;
    // As xt_mark has it: (mark & ~mask) ^ value.
    mark = ((mark & ~rule.mask) ^ rule.value) >>> 0;
  }
  return { mark, sure };
}

function matches({ protocol, destination, ports }: MarkRule, request: ServiceRequest): boolean {
  return (
    (protocol === null || protocol === request.protocol) &&
    (destination === null || destination.some((net) => contains(net, request.vip))) &&
    (ports === null || ports.some(([first, last]) => first <= request.port && request.port <= last))
  );
}

/** Whether a network, a range (`10.10.0.1-10.10.0.9`) or an address alone contains an address. IPv4. */
export function contains(network: string, address: string): boolean {
  const [first = '', last] = network.split('-');
  if (last !== undefined) {
    const number = asNumber(address);
    return asNumber(first) <= number && number <= asNumber(last);
  }
  const [start = '', length = '32'] = network.split('/');
  const mask = Number(length) === 0 ? 0 : (~0 << (32 - Number(length))) >>> 0;
  return ((asNumber(start) ^ asNumber(address)) & mask) === 0;
}

function asNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => ((sum << 8) | Number(octet)) >>> 0, 0);
}
