import { LabError } from '../contract/lab-error.ts';
import { parseKernelCounters } from './facts/kernel-counters.ts';
import { arpRulesOf, parseIptables, parseNft } from './facts/parse-rules.ts';
import type { ConfFacts, GuestFacts, InterfaceFacts, RouteFacts } from './guest-facts.ts';

/**
 * Reads what `gatherScript` printed.
 * @throws LabError 'guest-command-failed' naming the part that is missing.
 */
export function parseFacts(output: string): GuestFacts {
  const parts = readParts(output);
  const part = (name: string): readonly string[] => {
    const lines = parts.get(name);
    if (lines) return lines;
    throw new LabError('guest-command-failed', `The guest did not tell its '${name}'.`, {
      remedy: 'Check that the guest has iproute2 (`ip -V`), and that the command was run as root.',
    });
  };
  const routes = [...parts].flatMap(([name, lines]) =>
    name.startsWith('route ') ? [[name.slice('route '.length), readRoute(lines)] as const] : [],
  );
  return {
    interfaces: readInterfaces(part('link'), part('address')),
    ipForward: part('forward')[0] === '1',
    conf: Object.fromEntries(part('conf').map(readConf)),
    defaultRoute: readRoute(part('default')),
    listening: part('tcp').flatMap(readListener),
    arpRules: [...part('arp-rules'), ...arpRulesOf(parts.get('nft') ?? [])],
    routes: Object.fromEntries(routes),
    ...readOthers(parts),
  };
}

/** What scripts of earlier versions did not print. */
function readOthers(parts: ReadonlyMap<string, readonly string[]>): Partial<GuestFacts> {
  const [nft, iptables, vip] = [parts.get('nft'), parts.get('iptables'), parts.get('vip')];
  const [queues, sysctls, counted] = [parts.get('queues'), parts.get('sysctls'), parts.get('counted')];
  return {
    ...(vip && { takesVip: vip[0]?.startsWith('local ') ?? false }),
    ...(nft && iptables && { rules: mergeRules(parseNft(nft), parseIptables(iptables)) }),
    ...(queues && { queues }),
    ...(sysctls && { sysctls: Object.fromEntries(sysctls.flatMap(readSysctl)) }),
    ...(counted && { counted: parseKernelCounters(counted) }),
  };
}

/** What nft lists of tables that are iptables' own is there twice: its own words are the better known ones. */
function mergeRules(
  nft: NonNullable<GuestFacts['rules']>,
  iptables: NonNullable<GuestFacts['rules']>,
): GuestFacts['rules'] {
  const known = new Set(iptables.map(({ chain }) => chain));
  return [...nft.filter(({ chain }) => !known.has(chain.replace(/^ip /, ''))), ...iptables];
}

function readSysctl(line: string): [string, number][] {
  const [name = '', value] = line.split(' ');
  return value !== undefined && /^\d+$/.test(value) ? [[name, Number(value)]] : [];
}

function readParts(output: string): Map<string, string[]> {
  const parts = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of output.split('\n').map((line) => line.trim())) {
    if (line.startsWith('@')) parts.set(line.slice(1), (lines = []));
    else if (line !== '') lines.push(line);
  }
  return parts;
}

/** `2: eth0: <BROADCAST,UP> mtu 1500 …` and `2: eth0    inet 10.10.0.2/24 …`; a tunnel is `tunl0@NONE`. */
function readInterfaces(
  links: readonly string[],
  addresses: readonly string[],
): Record<string, InterfaceFacts> {
  const entries = links.flatMap((line) => {
    const [, name, flags = '', mtu] = /^\d+: ([^:@\s]+)[^<]*<([^>]*)> mtu (\d+)/.exec(line) ?? [];
    if (name === undefined) return [];
    const own = addresses.flatMap((line) => {
      const [, device, address] = /^\d+: (\S+) +inet (\S+)/.exec(line) ?? [];
      return device === name && address !== undefined ? [withPrefix(address)] : [];
    });
    return [[name, { up: flags.split(',').includes('UP'), mtu: Number(mtu), addresses: own }] as const];
  });
  return Object.fromEntries(entries);
}

/** An address of its own, as tunnels have it, is printed without one. */
function withPrefix(address: string): string {
  return address.includes('/') ? address : `${address}/32`;
}

function readConf(line: string): [string, ConfFacts] {
  const [name = '', ignore, announce, filter] = line.split(' ');
  return [name, { arpIgnore: Number(ignore), arpAnnounce: Number(announce), rpFilter: Number(filter) }];
}

/** `default via 10.10.0.1 dev eth0 …`, or `10.10.0.200 dev eth0 src …`, where the target is on the link. */
function readRoute([line = '']: readonly string[]): RouteFacts | null {
  const device = / dev (\S+)/.exec(line)?.[1];
  if (device === undefined || /^(unreachable|prohibit|blackhole)/.test(line)) return null;
  const local = line.startsWith('local ') ? { local: true } : {};
  return { via: / via (\S+)/.exec(line)?.[1] ?? null, device, ...local };
}

/** A line of /proc/net/tcp or tcp6: `0: 0B000A0A:0050 00000000:0000 0A …`; 0A is LISTEN (proc_net_tcp(5)). */
function readListener(line: string): { address: string; port: number }[] {
  const [, hex, port = '', state] = /^\d+: ([0-9A-F]+):([0-9A-F]{4}) \S+ ([0-9A-F]{2}) /.exec(line) ?? [];
  const address = hex === undefined ? undefined : ipv4OfHex(hex);
  return state === '0A' && address !== undefined ? [{ address, port: parseInt(port, 16) }] : [];
}

/** The kernel prints addresses in the host's byte order. A socket of IPv6 takes IPv4 as `::`, or at a mapped address. */
function ipv4OfHex(hex: string): string | undefined {
  if (/^0+$/.test(hex)) return '0.0.0.0';
  const mapped = /^0{16}FFFF0000(.{8})$/.exec(hex)?.[1];
  const own = hex.length === 8 ? hex : mapped;
  return own
    ?.match(/../g)
    ?.reverse()
    .map((byte) => parseInt(byte, 16))
    .join('.');
}
