import { createReplay } from '../../../../src-main/ipvs/model/replay.ts';
import type {
  ModelConnection,
  ModelServer,
  ModelService,
  ModelSettings,
  Prediction,
  Replay,
} from '../../../../src-main/ipvs/model/types.ts';

export const vip = '10.10.0.100:80';
export const [rs1, rs2, rs3] = ['10.10.0.11:80', '10.10.0.12:80', '10.10.0.13:80'] as const;

export function aServer(address: string, more: Partial<ModelServer> = {}): ModelServer {
  const idle = { weight: 1, active: 0, inactive: 0, upper: 0, lower: 0 };
  return { address, forwarding: 'dr', ...idle, ...more };
}

export function aService(
  scheduler: string,
  servers: readonly ModelServer[],
  more: Partial<ModelService> = {},
): ModelService {
  return {
    ...{ protocol: 'tcp', address: vip, scheduler, schedulerFlags: [], servers },
    ...{ persistentSeconds: null, netmask: null, onePacket: false },
    ...more,
  };
}

export const settings: ModelSettings = {
  ...{ connReuseMode: 1, expireNodestConn: 0, expireQuiescentTemplate: 0 },
  tcpTimeouts: { established: 900, finWait: 120 },
  kernel: '6.1.0-57-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-3 (2026-11-26)',
  read: { from: 0, to: 0 },
};

/** Connections that are over, as a load leaves them, with that many seconds to go; from ports of their own. */
export function left(
  count: number,
  destination: string,
  expireSeconds: number,
  state = 'FIN_WAIT',
  firstPort = destination === rs1 ? 1000 : 2000,
): ModelConnection[] {
  return Array.from({ length: count }, (_, index) => ({
    client: `10.10.0.200:${firstPort + index}`,
    ...{ virtual: vip, state, expireSeconds, destination },
  }));
}

/** A set of destinations. */
export const only = (...addresses: (string | null)[]) => new Set(addresses);

const none = { syn: false, ack: false, fin: false, rst: false };
export const [syn, ack, fin, rst] = [
  { ...none, syn: true },
  { ...none, ack: true },
  { ...none, ack: true, fin: true },
  { ...none, rst: true },
];

/** A client that opens connections and closes them at once, each from a new port unless one is given. */
export class Client {
  readonly replay: Replay;
  at = 1000;
  port = 20_000;
  address: string;

  constructor(replay: Replay, address = '10.10.0.200') {
    this.replay = replay;
    this.address = address;
  }

  ask(port = (this.port += 1)): Prediction {
    this.at += 50;
    return this.replay.packetIn(this.at, { address: this.address, port }, syn)!;
  }

  /** Tells what became of the last question, and closes the connection; whether a state explains it. */
  answered(destination: string | null, port = this.port): boolean {
    const client = { address: this.address, port };
    const agrees = this.replay.picked(client, destination);
    for (const flags of [ack, fin]) this.replay.packetIn((this.at += 5), client, flags);
    return agrees;
  }

  /** Goes where the one allowed destination is, and returns where that was. */
  follow(count: number): (string | null)[] {
    return Array.from({ length: count }, () => {
      const { allowed } = this.ask();
      const [only = 'nowhere', ...others] = allowed;
      if (others.length > 0) return 'one of several';
      this.answered(only);
      return only;
    });
  }
}

export function aClient(
  service: ModelService,
  connections: readonly ModelConnection[] = [],
  more: Partial<ModelSettings> = {},
): Client {
  return new Client(createReplay(service, connections, { ...settings, ...more }));
}
