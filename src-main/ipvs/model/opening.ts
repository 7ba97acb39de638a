import { ipv4, netOf, splitAddress } from './addresses.ts';
import type { Connection, Ending } from './connection.ts';
import type { Connections } from './connections.ts';
import type { Templates } from './persistence.ts';
import { listedServer, ownsConnection, ownsTemplate, type ReadService } from './service.ts';
import { kernelTimeouts, latest, readTcpState, timeoutOf, type TcpState } from './tcp-states.ts';
import type { ModelConnection, ModelSettings } from './types.ts';

export interface Opening {
  readonly service: ReadService;
  readonly listed: readonly ModelConnection[];
  readonly settings: ModelSettings;
  /** When the kernel was asked for the listing. */
  readonly read: { readonly from: number; readonly to: number };
  readonly slackMs: number;
}

/** The key of a client's connection. */
export function connectionKey(client: string, virtual: string): string {
  return `${client} ${virtual}`;
}

/** The key of a client's template; undefined for what is no IPv4 address. */
export function templateKey(service: ReadService, address: string): string | undefined {
  const number = ipv4(address);
  return number === undefined ? undefined : String(netOf(number, service.netmask));
}

/** Takes over the connections and templates that were listed, and what the table counts beside them. */
export function readOpening(opening: Opening, connections: Connections, templates: Templates): void {
  const { service, listed } = opening;
  const bound = listed.filter(isTemplate);
  for (const each of bound) addTemplate(opening, each, templates);
  const servers = new Set(bound.map(({ destination }) => listedServer(service.servers, destination)));
  for (const each of listed) {
    if (!isTemplate(each)) addConnection(opening, each, servers, connections, templates);
  }
  connections.balance(service.servers);
}

/** Between which moments it ends, by the seconds that the listing gave it. */
function endingOf({ read, slackMs }: Opening, { expireSeconds }: ModelConnection, lengthMs: number): Ending {
  const from = read.from + expireSeconds * 1000 - slackMs;
  const to = read.to + (expireSeconds + 1) * 1000 + slackMs;
  return { from, to: to + latest(lengthMs) - lengthMs };
}

function addTemplate(opening: Opening, each: ModelConnection, templates: Templates): void {
  const { service } = opening;
  const key = templateKey(service, splitAddress(each.client).host);
  if (service.persistentSeconds === null || key === undefined || !ownsTemplate(service, each.virtual)) return;
  const timeoutMs = service.persistentSeconds * 1000;
  const ending = endingOf(opening, each, Math.max(60_000, timeoutMs));
  templates.add(key, listedServer(service.servers, each.destination), ending, timeoutMs);
}

function addConnection(
  opening: Opening,
  each: ModelConnection,
  bound: ReadonlySet<number>,
  connections: Connections,
  templates: Templates,
): void {
  const { service, settings } = opening;
  const state = readTcpState(each.state);
  const owned = ownsConnection(service, each.virtual, each.destination);
  if (state === undefined || owned === 'no') return;
  const server = listedServer(service.servers, each.destination);
  const connection: Connection = {
    ...{ servers: [server], state, doubtful: owned === 'maybe' },
    ending: endingOf(opening, each, longest(state, settings, each.expireSeconds)),
    controlled: bound.has(server) ? 'maybe' : 'no',
    inputOnly: service.servers[server]?.forwarding !== 'nat',
  };
  connections.set(connectionKey(each.client, each.virtual), connection);
  const key = templateKey(service, splitAddress(each.client).host);
  const template = key === undefined ? undefined : templates.get(key);
  if (template?.server === server) template.controls.add(connection);
}

/** The longest time that may have been given to it: the timeouts may have been others at its last packet. */
function longest(state: TcpState, { tcpTimeouts }: ModelSettings, expireSeconds: number): number {
  const { leastMs } = timeoutOf(state, tcpTimeouts);
  return Math.max(leastMs, timeoutOf(state, kernelTimeouts).leastMs, (expireSeconds + 1) * 1000);
}

function isTemplate({ client }: ModelConnection): boolean {
  return client.endsWith(':0');
}
