import { countOf } from '../../contract/message.ts';
import type { Evidence, TableEvidence } from '../evidence.ts';
import { difference, type Difference } from '../faults.ts';
import { addressesOf, mapLab } from '../lab-map.ts';
import type { ServingService } from '../serving-service.ts';

type Row = TableEvidence['servers'][number];

/**
 * Schedulers that choose by a hash: where the chosen server takes nothing new they give none, unless told to fall back
 * (is_unavailable() in ip_vs_sh.c and ip_vs_mh.c, is_overloaded() in ip_vs_dh.c).
 */
const hashing: readonly string[] = ['sh', 'mh', 'dh'];

/** Why a service may have no real server for a request: what the director then refuses with ICMP (ip_vs_leave()). */
export function schedulerConditions(
  evidence: Evidence,
  { service, flag }: ServingService,
  option: string,
): Difference[] {
  if (!service) return [];
  const { lab } = evidence;
  const [node = 'director'] = mapLab(lab).directors;
  const { servers, address } = service;
  const values = { flag, service: address, option, address: servers[0]?.address ?? '' };
  if (servers.length === 0) return [difference('no-servers', node, values)];
  const weighted = servers.filter(({ weight }) => weight > 0);
  if (weighted.length === 0) return [difference('all-weights-zero', node, values)];
  const full = weighted.filter(isFull);
  if (full.length === weighted.length) {
    const first = full[0]?.address ?? '';
    const sure = full.every(isAtUpper);
    const rows = namesOf(lab, full);
    return [difference('all-at-threshold', node, { ...values, address: first, servers: rows }, sure)];
  }
  return hashes(service) ? hashedAway(evidence, node, service, values) : [];
}

/** Servers that a hash leads to and that take nothing new. */
function hashedAway(
  { lab, findings }: Evidence,
  node: string,
  { servers, scheduler = '', schedulerFlags = [] }: TableEvidence,
  values: Difference['cause']['values'],
): Difference[] {
  const away = servers.filter((row) => row.weight === 0 || isFull(row));
  if (away.length === 0) return [];
  const { connections } = findings;
  const all = { ...values, scheduler, servers: namesOf(lab, away), mend: mendOf(scheduler, schedulerFlags) };
  const isSure = away.every((row) => row.weight === 0 || isAtUpper(row));
  const byPort = `${scheduler}-port`;
  if (schedulerFlags.includes(byPort)) {
    const { refusedByDirector: refused, total } = connections;
    const told = { ...all, byPort, refused, all: countOf(total, 'connection') };
    return [difference('ports-hashed-to-unavailable', node, told, isSure)];
  }
  const clients = [...connections.clients.values()];
  const refused = clients.filter(({ refusedByDirector }) => refusedByDirector > 0);
  const mayVary = away.some(({ weight }) => weight > 0);
  // What is refused for a weight of 0 is refused every time: dh leads all clients to one server, for the VIP is hashed.
  const others = scheduler === 'dh' ? clients : refused;
  const isSteady = mayVary || others.every(({ answered }) => answered === 0);
  const told = { ...all, clients: refused.length, all: clients.length };
  return [difference('hashed-to-unavailable', node, told, isSure && isSteady)];
}

/** Options of `ipvsadm -E`: the scheduler's other flags stay. */
function mendOf(scheduler: string, flags: readonly string[]): string {
  return scheduler === 'dh' ? '-s rr' : `-s ${scheduler} -b ${[...flags, `${scheduler}-fallback`].join(',')}`;
}

function hashes({ scheduler = '', schedulerFlags = [] }: TableEvidence): boolean {
  return hashing.includes(scheduler) && !schedulerFlags.some((name) => name.endsWith('-fallback'));
}

function namesOf(lab: Evidence['lab'], rows: readonly Row[]): string[] {
  return rows.map((row) => nameOf(lab, row));
}

/**
 * At its upper threshold, or above the lower one after it had reached it; without a lower one that is three quarters of
 * the upper (ip_vs_dest_update_overload() and ip_vs_unbind_dest() in net/netfilter/ipvs/ip_vs_conn.c).
 */
function isFull({ upper = 0, lower = 0, connections = 0 }: Row): boolean {
  if (upper === 0) return false;
  return connections >= (lower > 0 ? lower : (upper * 3) / 4);
}

function isAtUpper({ upper = 0, connections = 0 }: Row): boolean {
  return upper > 0 && connections >= upper;
}

function nameOf(lab: Evidence['lab'], { address }: Row): string {
  const ip = address.split(':')[0] ?? '';
  const { realServers } = mapLab(lab);
  return realServers.find((name) => addressesOf(lab, name).includes(ip)) ?? address;
}
