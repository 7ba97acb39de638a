import type { IpvsService } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { ServiceChanges } from '../contract/service-changes.ts';
import type { ServerFields } from '../ipvs/change-ipvs.ts';
import type { LabPlan, NodePlan } from '../plan/lab-plan.ts';
import { didYouMean } from '../template/near-miss.ts';
import { entriesOf, portOf, realServers } from './virtual-service.ts';

/** A real server's entry in the director's table. */
export type IpvsServer = IpvsService['servers'][number];

/** An entry that is to be changed, and how. */
export interface ChangedServer {
  readonly current: IpvsServer;
  readonly wanted: ServerFields;
  /** Whose planned entry it is; undefined for one that was added by hand. */
  readonly node: string | undefined;
}

/**
 * The entries that are to be changed, each once, by whichever names it was called.
 * @throws LabError `bad-input` for a name that stands for none or for several, naming those there are, and for two values
 *   of one field.
 */
export function changedServers(
  plan: LabPlan,
  service: IpvsService,
  { weights = {}, upper = {}, lower = {} }: ServiceChanges,
): ChangedServer[] {
  const names = new Set([weights, upper, lower].flatMap((each) => Object.keys(each)));
  const changed = new Map<IpvsServer, ChangedServer>();
  for (const name of names) {
    const entry = namedEntry(plan, service.servers, name);
    const wanted = { weight: weights[name], upper: upper[name], lower: lower[name] };
    const before = changed.get(entry.current)?.wanted ?? {};
    changed.set(entry.current, { ...entry, wanted: joined(name, before, wanted) });
  }
  return [...changed.values()];
}

function joined(name: string, before: ServerFields, wanted: ServerFields): ServerFields {
  const field = (key: keyof ServerFields) => {
    const [first, second] = [before[key], wanted[key]];
    if (first === undefined || second === undefined || first === second) return second ?? first;
    throw new LabError('bad-input', `${name} is given two values for one thing: ${first} and ${second}.`, {
      why: 'It was named in two ways that stand for the same entry of the director’s table.',
      remedy: 'Give one of them.',
    });
  };
  return { weight: field('weight'), upper: field('upper'), lower: field('lower') };
}

/**
 * The entry that is called `rs1`, `rs1:8080` or `10.10.0.77:80`.
 * @throws LabError `bad-input` for none, or for one of several without its port, naming those there are.
 */
function namedEntry(
  plan: LabPlan,
  servers: readonly IpvsServer[],
  name: string,
): Pick<ChangedServer, 'current' | 'node'> {
  const byAddress = servers.find(({ address }) => address === name);
  const colon = byAddress ? -1 : name.lastIndexOf(':');
  const [called, port] = colon < 0 ? [name, undefined] : [name.slice(0, colon), name.slice(colon + 1)];
  const holder = realServers(plan).find((node) => byAddress && entriesOf([byAddress], node).length > 0);
  if (byAddress && !holder) return { current: byAddress, node: undefined };
  const node = holder ?? realServer(plan, called);
  const all = entriesOf(servers, node);
  const fitting = byAddress
    ? [byAddress]
    : all.filter(({ address }) => port === undefined || portOf(address) === port);
  const [current, another] = fitting;
  if (current && !another) return { current, node: isPlanned(plan, current, all) ? node.name : undefined };
  throw noSuchEntry(plan, node.name, all, port);
}

/** The recipe's own among a server's entries. */
function isPlanned(
  { service, options }: LabPlan,
  { address }: IpvsServer,
  all: readonly IpvsServer[],
): boolean {
  const own = Number(options['realPort']) || service.port;
  return all.length === 1 || portOf(address) === String(own);
}

function noSuchEntry(
  plan: LabPlan,
  name: string,
  entries: readonly IpvsServer[],
  port: string | undefined,
): LabError {
  const names = entries.map(({ address }) => `${name}:${portOf(address)}`).join(' and ');
  if (entries.length === 0) {
    return new LabError('bad-input', `${name} is not in the director's table.`, {
      remedy: `'lvslab drift ${plan.name}' tells what is missing.`,
    });
  }
  return new LabError(
    'bad-input',
    port === undefined
      ? `${name} has ${entries.length} entries in the director's table: ${names}.`
      : `${name} has no entry with port ${port} in the director's table.`,
    { remedy: `Name one: ${names}.` },
  );
}

function realServer(plan: LabPlan, name: string): NodePlan {
  const all = realServers(plan);
  const found = all.find((node) => node.name === name);
  if (found) return found;
  const names = all.map((node) => node.name);
  throw new LabError('bad-input', `There is no real server '${name}'.${didYouMean(name, names)}`, {
    remedy: `Real servers of this lab: ${names.join(', ')}.`,
  });
}
