import { ipv4, splitAddress } from './addresses.ts';
import { failover, overflow } from './by-weight.ts';
import { destinationHashing, sourceHashing } from './hashing.ts';
import { leastConnections, neverQueue, shortestDelay, weightedLeastConnections } from './least-loaded.ts';
import { locality, localityWithReplication } from './locality.ts';
import { maglev } from './maglev.ts';
import { roundRobin, weightedRoundRobin } from './round-robin.ts';
import type { SchedulerModel } from './scheduler.ts';
import { twoChoices } from './two-choices.ts';
import type { ModelServer, ModelService, UnknownReason } from './types.ts';

const models: Readonly<Record<string, (service: ModelService) => SchedulerModel | UnknownReason>> = {
  rr: ({ servers }) => roundRobin(servers.length),
  wrr: ({ servers }) => weightedRoundRobin(servers.map(({ weight }) => weight)),
  lc: () => leastConnections,
  wlc: () => weightedLeastConnections,
  sed: () => shortestDelay,
  nq: () => neverQueue,
  fo: () => failover,
  ovf: () => overflow,
  lblc: ({ servers }) => locality(servers.length),
  lblcr: ({ servers }) => localityWithReplication(servers.length),
  dh: ({ servers }) => destinationHashing(servers.length),
  sh: ({ servers, schedulerFlags }) =>
    sourceHashing(
      servers.map(({ weight }) => weight),
      schedulerFlags,
    ),
  mh: ({ servers, schedulerFlags }) => {
    const known = servers.flatMap((server) => readMaglevServer(server) ?? []);
    return known.length === servers.length ? maglev(known, schedulerFlags) : 'last-weight';
  },
  twos: () => twoChoices,
};

/** The model of a service's scheduler, or why there is none. */
export function findScheduler(service: ModelService): SchedulerModel | UnknownReason {
  return models[service.scheduler]?.(service) ?? 'scheduler';
}

/** The kernel keeps the last weight above 0 and makes the table of it; ip_vs_mh_permutate(). */
function readMaglevServer({ address, weight, lastWeight }: ModelServer) {
  const { host, port } = splitAddress(address);
  const number = ipv4(host);
  const last = weight > 0 ? weight : lastWeight;
  if (number === undefined || last === undefined || last === null) return undefined;
  return { address: number, port, lastWeight: last };
}
