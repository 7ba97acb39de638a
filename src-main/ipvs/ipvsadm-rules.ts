import type { Forwarding, IpvsProtocol, ServiceSettings, Thresholds } from '../contract/ipvs.ts';
import { count, unreadable } from './ipvsadm-rows.ts';

export interface RuleServer extends Thresholds {
  /** `RIP:port`. */
  readonly address: string;
  readonly forwarding: Forwarding;
  readonly weight: number;
  /** What encapsulates, of a tunnel: `gue`, `6080`, `nocsum`; null for IPIP, and for what is no tunnel. */
  readonly tunnel: { readonly type: string; readonly port: string | null; readonly checksum: string } | null;
}

export interface RuleService extends ServiceSettings {
  readonly servers: readonly RuleServer[];
}

const protocolOptions: Readonly<Record<string, IpvsProtocol>> = {
  '-t': 'tcp',
  '-u': 'udp',
  '--sctp-service': 'sctp',
  '-f': 'fwmark',
};

const forwardings: Readonly<Record<string, Forwarding>> = { '-m': 'nat', '-g': 'dr', '-i': 'tun' };

/**
 * Reads the form of ipvsadm-save (`ipvsadm -Sn`), which `ipvsadm -R` takes back: `-A` lines, each followed by the `-a`
 * lines of its servers.
 * @throws LabError 'guest-command-failed' naming the line that is not as ipvsadm 1.27 to 1.31 prints it.
 */
export function parseRules(output: string): RuleService[] {
  const services: (RuleService & { servers: RuleServer[] })[] = [];
  for (const line of output.split('\n')) {
    const words = line.trim().split(/\s+/);
    const [verb, option = '', address = '', ...rest] = words;
    if (verb === '') continue;
    const protocol = protocolOptions[option];
    if (!protocol) throw unreadable(line);
    const options = readOptions(rest, line);
    if (verb === '-A') {
      services.push({
        protocol,
        address: markName(address, options),
        ...readService(options, line),
        servers: [],
      });
    } else if (verb === '-a') {
      const service = services.at(-1);
      if (service?.address !== markName(address, options)) throw unreadable(line);
      service.servers.push(readServer(options, line));
    } else throw unreadable(line);
  }
  return services;
}

type Options = ReadonlyMap<string, string>;

/** Options with the word behind them; '' for one that takes none. */
function readOptions(words: readonly string[], line: string): Options {
  const options = new Map<string, string>();
  let last: string | undefined;
  for (const word of words) {
    if (word.startsWith('-')) options.set((last = word), '');
    // 1.27 prints one-packet scheduling as a bare word.
    else if (word === 'ops') options.set('--ops', '');
    else if (last === undefined) throw unreadable(line);
    else options.set(last, word);
  }
  return options;
}

function markName(address: string, options: Options): string {
  return options.has('-6') ? `${address} IPv6` : address;
}

function readService(options: Options, line: string): Omit<ServiceSettings, 'protocol' | 'address'> {
  const scheduler = options.get('-s');
  if (!scheduler) throw unreadable(line);
  const seconds = options.get('-p');
  return {
    scheduler,
    persistentSeconds: seconds === undefined ? null : count(seconds, [line]),
    netmask: options.get('-M') ?? null,
    persistenceEngine: options.get('--pe') ?? null,
    onePacket: options.has('--ops') || options.has('-o'),
    schedulerFlags: options.get('-b')?.split(',') ?? [],
  };
}

function readServer(options: Options, line: string): RuleServer {
  const address = options.get('-r');
  const forwarding = Object.entries(forwardings).find(([option]) => options.has(option))?.[1];
  if (!address || !forwarding) throw unreadable(line);
  return {
    address,
    forwarding,
    weight: count(options.get('-w'), [line]),
    upper: count(options.get('-x') ?? '0', [line]),
    lower: count(options.get('-y') ?? '0', [line]),
    tunnel: readTunnel(options),
  };
}

function readTunnel(options: Options): RuleServer['tunnel'] {
  const type = options.get('--tun-type');
  if (type === undefined || type === 'ipip') return null;
  const checksum = ['csum', 'remcsum', 'nocsum'].find((each) => options.has(`--tun-${each}`)) ?? 'nocsum';
  return { type, port: options.get('--tun-port') ?? null, checksum };
}
