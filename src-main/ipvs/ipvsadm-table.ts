import type { Forwarding, ServiceSettings, Thresholds } from '../contract/ipvs.ts';
import { count, readRows, unreadable } from './ipvsadm-rows.ts';

export interface TableServer {
  /** `RIP:port`. */
  readonly address: string;
  readonly forwarding: Forwarding;
  readonly weight: number;
  readonly activeConnections: number;
  readonly inactiveConnections: number;
}

export interface TableService extends ServiceSettings {
  readonly servers: readonly TableServer[];
}

const forwardings: Readonly<Record<string, Forwarding>> = {
  Masq: 'nat',
  Route: 'dr',
  Tunnel: 'tun',
  Local: 'local',
};

/**
 * Reads what `ipvsadm -Ln` prints: the services, each with its real servers, in the order of the listing. That is the
 * order in which the scheduler walks them with `--nosort` alone; without it ipvsadm sorts by address. An empty table is
 * an empty list.
 * @throws LabError 'guest-command-failed' naming the line that is not as ipvsadm 1.27 to 1.31 prints it.
 */
export function parseTable(output: string): TableService[] {
  return readRows(output).map(({ protocol, address, rest, servers }) => {
    const [scheduler = '', ...words] = rest;
    if (!scheduler) throw unreadable(`${protocol} ${address}`);
    return {
      protocol,
      address,
      scheduler,
      ...readFlags(words),
      servers: servers.map((server) => readServer(server.address, server.rest)),
    };
  });
}

type Flags = Omit<ServiceSettings, 'protocol' | 'address' | 'scheduler'>;

/** The words behind the scheduler: `persistent 300 mask 255.255.255.0 pe sip ops (sh-port,sh-fallback)`. */
function readFlags(words: readonly string[]): Flags {
  const flags: Flags = {
    persistentSeconds: null,
    netmask: null,
    persistenceEngine: null,
    onePacket: false,
    schedulerFlags: [],
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === 'persistent') flags.persistentSeconds = count(words[(at += 1)], words);
    else if (word === 'mask') flags.netmask = words[(at += 1)] ?? null;
    else if (word === 'pe') flags.persistenceEngine = words[(at += 1)] ?? null;
    else if (word === 'ops') flags.onePacket = true;
    else if (/^\(.*\)$/.test(word)) flags.schedulerFlags = word.slice(1, -1).split(',');
    else throw unreadable(words.join(' '));
  }
  return flags;
}

function readServer(address: string, words: readonly string[]): TableServer {
  const [forward = '', weight, active, inactive] = words;
  const forwarding = forwardings[forward];
  const line = ['->', address, ...words];
  if (!forwarding) throw unreadable(line.join(' '));
  return {
    address,
    forwarding,
    weight: count(weight, line),
    activeConnections: count(active, line),
    inactiveConnections: count(inactive, line),
  };
}

/** A detail of every real server, by service (`tcp VIP:80`) and then by the server's address. */
export type ByServer<Detail> = ReadonlyMap<string, ReadonlyMap<string, Detail>>;

/** What `ipvsadm -Ln --thresholds` prints: upper and lower threshold, then the connections. */
export function parseThresholds(output: string): ByServer<Thresholds> {
  return readDetails(output, ([upper, lower], line) => ({
    upper: count(upper, line),
    lower: count(lower, line),
  }));
}

/** What `ipvsadm -Ln --persistent-conn` prints: weight, persistent connections (templates), then the connections. */
export function parsePersistentConnections(output: string): ByServer<number> {
  return readDetails(output, ([, persistent], line) => count(persistent, line));
}

function readDetails<Detail>(
  output: string,
  read: (words: readonly string[], line: readonly string[]) => Detail,
): ByServer<Detail> {
  return new Map(
    readRows(output).map(({ protocol, address, servers }) => [
      `${protocol} ${address}`,
      new Map(
        servers.map((server) => [server.address, read(server.rest, ['->', server.address, ...server.rest])]),
      ),
    ]),
  );
}
