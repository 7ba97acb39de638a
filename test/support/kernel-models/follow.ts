import { parseConnections } from '../../../src-main/ipvs/ipvsadm-connections.ts';
import {
  parsePersistentConnections,
  parseTable,
  parseThresholds,
} from '../../../src-main/ipvs/ipvsadm-table.ts';
import { createReplay } from '../../../src-main/ipvs/model/replay.ts';
import type {
  ModelConnection,
  ModelService,
  ModelSettings,
  Prediction,
  Replay,
  TcpFlags,
} from '../../../src-main/ipvs/model/types.ts';

/** What came of a program: each SYN's prediction held against what the kernel did with it. */
export interface Agreement {
  readonly picks: number;
  /** Predictions that allowed one destination alone. */
  readonly sharp: number;
  /** Where the model said that it does not know. */
  readonly unknown: number;
  /** Picks that only a connection which the listing lacked explains. */
  readonly excused: number;
  /** How often each reason was given. */
  readonly reasons: Readonly<Record<string, number>>;
  /** In words: what the kernel did that no state of the model allows. */
  readonly disagreements: readonly string[];
}

interface Listing {
  readonly from: number;
  readonly to: number;
  readonly services: ReadonlyMap<string, ModelService>;
  readonly connections: ReadonlyMap<string, ModelConnection[]>;
}

type Settings = Omit<ModelSettings, 'read'>;
type Totals = { -readonly [Key in keyof Agreement]: Agreement[Key] } & {
  readonly reasons: Record<string, number>;
  readonly disagreements: string[];
};

/** Replays the transcript of a program for director.pl, from the listing of each round on. */
export function followTranscript(program: string, transcript: string, kernel: string): Agreement {
  const lines = transcript.split('\n');
  const totals: Totals = { picks: 0, sharp: 0, unknown: 0, excused: 0, reasons: {}, disagreements: [] };
  const lastWeights = new Map<string, number>();
  let at = 0;
  let listing: Listing | undefined;
  let settings: Settings = {
    ...{
      connReuseMode: null,
      expireNodestConn: null,
      expireQuiescentTemplate: null,
      tcpTimeouts: null,
      kernel,
    },
    // The director has one clock.
    clockSlackMs: 20,
  };
  const replays = new Map<string, Replay>();
  for (const line of program.split('\n')) {
    const [order = '', ...words] = line.split(' ');
    settings = { ...settings, ...readSetting(order, words) };
    if (order === 'listing') {
      const end = lines.indexOf('====', at);
      listing = readListing(lines.slice(at, end).join('\n'), lastWeights);
      at = end + 1;
      replays.clear();
    }
    if (!listing || (order !== 'in' && order !== 'out')) continue;
    const name = nameOf(words[2] ?? '', listing);
    const replay = replays.get(name) ?? startReplay(name, listing, settings);
    replays.set(name, replay);
    const [time, result = ''] = (lines[at] ?? '').split(' ');
    at += 1;
    hold(replay, line, { at: Number(time), result }, totals);
  }
  return totals;
}

const sysctls: Readonly<Record<string, string>> = {
  conn_reuse_mode: 'connReuseMode',
  expire_nodest_conn: 'expireNodestConn',
  expire_quiescent_template: 'expireQuiescentTemplate',
};

function readSetting(order: string, words: readonly string[]): Partial<Settings> {
  if (order === 'sysctl') return { [sysctls[words[0]!]!]: Number(words[1]) };
  if (order !== 'run' || words[1] !== '--set') return {};
  return { tcpTimeouts: { established: Number(words[2]), finWait: Number(words[3]) } };
}

/** `in CLIENT PORT VIP VPORT FLAGS` and what came of it. */
function hold(
  replay: Replay,
  line: string,
  { at, result }: { readonly at: number; readonly result: string },
  totals: Totals,
): void {
  const [order, address = '', port, vip, vport, flags = ''] = line.split(' ');
  const client = { address, port: Number(port), virtual: `${vip}:${vport}` };
  if (order === 'out') {
    if (result === 'passed') replay.packetOut(at, client, readFlags(flags));
    return;
  }
  const prediction = replay.packetIn(at, client, readFlags(flags));
  if (!prediction) return;
  const destination = result === 'refused' || result === 'dropped' ? null : result;
  const agrees = replay.picked(client, destination);
  count(prediction, agrees && !allows(prediction.allowed, destination), totals);
  if (agrees) return;
  const allowed = [...prediction.allowed].join(', ') || 'a refusal';
  totals.disagreements.push(
    `${line} at ${at}: ${result}, but the model allows ${allowed} (${prediction.why})`,
  );
}

function count({ why, allowed }: Prediction, isExcused: boolean, totals: Totals): void {
  totals.picks += 1;
  totals.reasons[why] = (totals.reasons[why] ?? 0) + 1;
  if (allowed.size === 1) totals.sharp += 1;
  if (why === 'unknown') totals.unknown += 1;
  else if (isExcused) totals.excused += 1;
}

/** Of `S`, `A`, `F` and `R`. */
function readFlags(flags: string): TcpFlags {
  const has = (flag: string) => flags.includes(flag);
  return { syn: has('S'), ack: has('A'), fin: has('F'), rst: has('R') };
}

/** By the machine alone: ports are not always those of the table where a service has every port. */
function allows(allowed: ReadonlySet<string | null>, destination: string | null): boolean {
  const machine = (address: string | null) => address?.split(':')[0] ?? null;
  return [...allowed].some((address) => machine(address) === machine(destination));
}

/** A service by its virtual address, or by its mark, which is the third number of its addresses. */
function nameOf(vip: string, { services }: Listing): string {
  return services.has(vip) ? vip : (vip.split('.')[2] ?? '');
}

function startReplay(name: string, { from, to, services, connections }: Listing, settings: Settings): Replay {
  const service = services.get(name)!;
  const own =
    service.protocol === 'fwmark' ? [...connections.values()].flat() : (connections.get(name) ?? []);
  return createReplay(service, own, { ...settings, read: { from, to } });
}

function readListing(text: string, lastWeights: Map<string, number>): Listing {
  const [head = '', ...rest] = text.split('\n');
  const [, from, to] = head.split(' ');
  const [before = '', table = '', thresholds = '', persistent = '', after = ''] = rest
    .join('\n')
    .split('----\n');
  const limits = parseThresholds(thresholds);
  const templates = parsePersistentConnections(persistent);
  const services = parseTable(table).map((service): ModelService => {
    const key = `${service.protocol} ${service.address}`;
    return {
      ...service,
      servers: service.servers.map((server) => {
        const own = `${key} ${server.address}`;
        if (server.weight > 0) lastWeights.set(own, server.weight);
        const { upper = 0, lower = 0 } = limits.get(key)?.get(server.address) ?? {};
        return {
          address: server.address,
          forwarding: server.forwarding,
          weight: server.weight,
          active: server.activeConnections,
          inactive: server.inactiveConnections,
          persistent: templates.get(key)?.get(server.address) ?? null,
          ...{ upper, lower },
          lastWeight: lastWeights.get(own) ?? 0,
        };
      }),
    };
  });
  return {
    from: Number(from),
    to: Number(to),
    services: new Map(services.map((service) => [service.address.split(':')[0]!, service])),
    connections: Map.groupBy(bothListings(before, after), ({ virtual }) => virtual.split(':')[0]!),
  };
}

/** Each reading leaves some out while others expire; what the second one has is newer. */
function bothListings(before: string, after: string): ModelConnection[] {
  const read = [...parseConnections(before), ...parseConnections(after)];
  const byKey = new Map(
    read.map(({ source, virtual, state, expireSeconds, destination }) => [
      `${source} ${virtual}`,
      { client: source, ...{ virtual, state, expireSeconds, destination } },
    ]),
  );
  return [...byKey.values()];
}
