import { count, readRows, unreadable, type IpvsProtocol } from './ipvsadm-rows.ts';

/** How the director hands a packet on: ipvsadm's Masq, Route, Tunnel and Local. */
export type Forwarding = 'nat' | 'dr' | 'tun' | 'local';

export interface TableServer {
  /** `RIP:port`. */
  readonly address: string;
  readonly forwarding: Forwarding;
  readonly weight: number;
  readonly activeConnections: number;
  readonly inactiveConnections: number;
}

export interface TableService {
  readonly protocol: IpvsProtocol;
  /** `VIP:port`, or the number of the firewall mark. */
  readonly address: string;
  readonly scheduler: string;
  /** Seconds a client stays with its real server; null without `-p`. */
  readonly persistentSeconds: number | null;
  /** What else is set, in ipvsadm's words: `ops`, `mask 255.255.255.0`, `pe sip`, `(mh-port)`. */
  readonly flags: string;
  readonly servers: readonly TableServer[];
}

const forwardings: Readonly<Record<string, Forwarding>> = {
  Masq: 'nat',
  Route: 'dr',
  Tunnel: 'tun',
  Local: 'local',
};

/**
 * Reads what `ipvsadm -Ln` prints: the services in their order, each with its real servers in the order the scheduler
 * walks them. An empty table is an empty list.
 * @throws LabError 'guest-command-failed' naming the line that is not as ipvsadm 1.31 prints it.
 */
export function parseTable(output: string): TableService[] {
  return readRows(output).map(({ protocol, address, rest, servers }) => {
    const [scheduler = '', ...flags] = rest;
    if (!scheduler) throw unreadable(`${protocol} ${address}`);
    return {
      protocol,
      address,
      scheduler,
      ...readFlags(flags),
      servers: servers.map((server) => readServer(server.address, server.rest)),
    };
  });
}

function readFlags(words: readonly string[]): Pick<TableService, 'persistentSeconds' | 'flags'> {
  const at = words.indexOf('persistent');
  if (at === -1) return { persistentSeconds: null, flags: words.join(' ') };
  return {
    persistentSeconds: count(words[at + 1], words),
    flags: [...words.slice(0, at), ...words.slice(at + 2)].join(' '),
  };
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
