import type { DirectorState, Transit } from '../contract/director-log.ts';
import type { Impairment } from '../contract/impairment.ts';
import type { MarkRule, ServiceSettings } from '../contract/ipvs.ts';
import type { Schedule } from '../contract/load.ts';
import { LabError } from '../contract/lab-error.ts';
import { serviceOf, type FoundService, type ServiceAnswer, type TableEntry } from '../ipvs/service-of.ts';
import type { StandingIpvs, StandingService } from '../ipvs/read-standing.ts';
import type { LabPlan, NodePlan } from '../plan/lab-plan.ts';

/** A director's services, and the rules by which packets get marks; nullish where those could not be read. */
export interface DirectorServices<Service> {
  readonly services: readonly Service[];
  readonly marks?: readonly MarkRule[] | null | undefined;
}

/** As `findService`, with a director that has no such service as an answer. */
export function answerOf<Service extends TableEntry>(
  { services, marks }: DirectorServices<Service>,
  { service: { vip, port, protocol } }: Pick<LabPlan, 'service'>,
): ServiceAnswer<Service> {
  return serviceOf(services, { vip, port, protocol }, marks ?? undefined);
}

/**
 * The virtual service of the director's that takes the lab's requests, and how that is known.
 * @throws LabError `guest-command-failed` when none does, with those there are.
 */
export function findService<Service extends TableEntry>(
  { services, marks }: DirectorServices<Service>,
  plan: Pick<LabPlan, 'service'>,
): FoundService<Service> {
  const answer = answerOf({ services, marks }, plan);
  if ('by' in answer) return answer;
  const { vip, port } = plan.service;
  throw new LabError(
    'guest-command-failed',
    `The director has no virtual service for ${vip}:${port} any more.`,
    {
      why: answer.why.text,
      remedy: "Look at the director with 'ipvsadm -Ln'.",
    },
  );
}

/** The service alone. @throws LabError as `findService`. */
export function serviceIn<Service extends TableEntry>(
  director: DirectorServices<Service>,
  plan: Pick<LabPlan, 'service'>,
): Service {
  return findService(director, plan).service;
}

/** What a load is scheduled by: entries with the names of machines, in the order in which the scheduler walks them. */
export function scheduleOf({ servers, ...service }: DirectorState): Schedule {
  const { scheduler, persistentSeconds, netmask, schedulerFlags } = service;
  return {
    ...{ scheduler, persistentSeconds, netmask, schedulerFlags },
    servers: servers.map(({ name, weight, machine, address }) => ({
      ...{ name, weight },
      ...(machine !== name && { machine, address }),
    })),
  };
}

/**
 * The director as a load's scheduling is judged by it.
 * @param service The one that takes the load.
 * @param impairments Of the lab's cables, by `node:nic`.
 */
export function directorStateOf(
  service: StandingService,
  { connections, connectionsCut, sysctls, timeouts, kernel, readMs, neighbours }: StandingIpvs,
  plan: LabPlan,
  impairments: Readonly<Record<string, Impairment>> = {},
): DirectorState {
  const { servers } = service;
  const machineOf = machineFinder(plan, neighbours);
  const sysctl = (name: string) => sysctls[name] ?? null;
  return {
    ...settingsOf(service),
    servers: servers.map((server) => {
      const { address, forwarding, weight, upper, lower, persistent, ...counts } = server;
      const machine = machineOf(server);
      const same = servers.filter((other) => machineOf(other) === machine);
      const isOneAddress = same.every((other) => ipOf(other.address) === ipOf(address));
      const name = same.length === 1 ? machine : isOneAddress ? `${machine}:${portOf(address)}` : address;
      const { activeConnections: active, inactiveConnections: inactive } = counts;
      return { address, machine, name, forwarding, weight, active, inactive, persistent, upper, lower };
    }),
    // Which of them the service owns is the model's to tell; of other machines nothing is wanted.
    connections: connections
      .filter(({ virtual, destination, template }) => template || mayOwn(service, virtual, destination))
      .map(({ source: client, virtual, state, expireSeconds, destination }) => ({
        ...{ client, virtual, state, expireSeconds, destination },
      })),
    connectionsCut,
    sysctls: {
      connReuseMode: sysctl('conn_reuse_mode'),
      expireNodestConn: sysctl('expire_nodest_conn'),
      expireQuiescentTemplate: sysctl('expire_quiescent_template'),
      conntrack: sysctl('conntrack'),
      dropEntry: sysctl('drop_entry'),
      dropPacket: sysctl('drop_packet'),
      secureTcp: sysctl('secure_tcp'),
    },
    timeouts: { tcp: timeouts.tcp, tcpFin: timeouts.tcpFin },
    machines: Object.fromEntries(addressNames(plan.nodes)),
    transit: transitTo(plan, impairments),
    ...{ kernel, readMs },
  };
}

/** The machine of an entry: by the lab's plan, else by the MAC address that answered for it; else the entry's address. */
function machineFinder({ nodes }: LabPlan, neighbours: Readonly<Record<string, string>>) {
  const names = addressNames(nodes);
  const byMac = new Map(nodes.flatMap(({ name, nics }) => nics.map(({ mac }) => [mac, name] as const)));
  const director = nodes.find(({ role }) => role === 'director')?.name;
  return ({ address, forwarding }: StandingService['servers'][number]): string => {
    const ip = ipOf(address);
    const own = forwarding === 'local' ? director : undefined;
    return own ?? names.get(ip) ?? byMac.get(neighbours[ip] ?? '') ?? address;
  };
}

/** Also where its server has left the table; a service without a port, or of a mark, has connections of many ports. */
function mayOwn({ address, servers }: StandingService, virtual: string, destination: string): boolean {
  return virtual === address || servers.some((server) => ipOf(server.address) === ipOf(destination));
}

/** How frames reach the director: by the cables of the clients, of the real servers and its own. */
function transitTo({ nodes }: LabPlan, impairments: Readonly<Record<string, Impairment>>): Transit {
  const ways = nodes.flatMap(({ name, role, nics }) =>
    nics.flatMap((nic) => {
      const { from, to } = impairments[`${name}:${nic.name}`] ?? {};
      return (role === 'director' ? to : from) ?? [];
    }),
  );
  if (ways.some(({ delay }) => (delay?.jitterMs ?? 0) > 0)) return 'mixed';
  return ways.length > 0 ? 'late' : 'in-order';
}

function settingsOf(service: StandingService): ServiceSettings {
  const { protocol, address, scheduler, persistentSeconds, netmask } = service;
  const { persistenceEngine, onePacket, schedulerFlags } = service;
  return {
    ...{ protocol, address, scheduler, persistentSeconds, netmask },
    ...{ persistenceEngine, onePacket, schedulerFlags: [...schedulerFlags] },
  };
}

/** The name of each real server by its address, without the port. */
export function serverNames({ nodes }: Pick<LabPlan, 'nodes'>): Map<string, string> {
  return addressNames(realServers({ nodes }));
}

function addressNames(nodes: readonly NodePlan[]): Map<string, string> {
  return new Map(
    nodes.flatMap(({ name, nics }) =>
      nics.flatMap(({ address }) => (address === null ? [] : [[ipOf(address), name] as const])),
    ),
  );
}

/** Those of a service's entries that hand over to a node: several where it serves at several ports. */
export function entriesOf<Entry extends { readonly address: string }>(
  entries: readonly Entry[],
  { nics }: Pick<NodePlan, 'nics'>,
): Entry[] {
  const own = nics.flatMap(({ address }) => (address === null ? [] : ipOf(address)));
  return entries.filter(({ address }) => own.includes(ipOf(address)));
}

export function realServers({ nodes }: Pick<LabPlan, 'nodes'>): NodePlan[] {
  return nodes.filter(({ role }) => role === 'real-server');
}

/** Of `10.10.0.11:80`, of `10.10.0.11/24` and of `[fd00::11]:80`. */
export function ipOf(address: string): string {
  return /^\[([^\]]*)\]/.exec(address)?.[1] ?? address.split(/[:/]/)[0] ?? '';
}

/** Of `10.10.0.11:80`. */
export function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1);
}
