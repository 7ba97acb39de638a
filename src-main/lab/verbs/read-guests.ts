import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/lab-error.ts';
import type { IpvsCounters } from '../../contract/ipvs.ts';
import { clientAddresses } from '../../evidence/as-it-is.ts';
import { gatherScript } from '../../evidence/gather-script.ts';
import type { GuestFacts } from '../../evidence/guest-facts.ts';
import { parseFacts } from '../../evidence/parse-facts.ts';
import type { GuestSession } from '../../guest/guest-session.ts';
import type { TableService } from '../../ipvs/ipvsadm-table.ts';
import { readStats, readTable, statsSettleMs } from '../../ipvs/read-ipvs.ts';
import { domainRuns } from '../../libvirt/domain.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import type { WorkOptions } from '../lab-context.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { keepFactsMeanwhile } from './find-facts.ts';

/** What the guests themselves say; nothing of those that are down. */
export interface GuestReadings {
  /** By node. */
  readonly facts: Readonly<Record<string, GuestFacts>>;
  /** The director's; undefined when it cannot tell. */
  readonly table: readonly TableService[] | undefined;
  readonly counters: IpvsCounters | undefined;
}

export interface ReadOptions {
  /** Wait until the counters are whole. */
  readonly settled?: boolean;
  /** Addresses to which each node's route is told; the clients' by the plan otherwise. */
  readonly targets?: readonly string[];
  /** Have the neighbours of the VIP forget whose it is. */
  readonly forget?: boolean;
}

/** Reads facts of every node that runs, and the director's table and counters. */
export async function readGuests(
  lab: OwnedLab,
  { settled = false, forget = false, targets: asked }: ReadOptions,
  { signal }: WorkOptions,
): Promise<GuestReadings> {
  const { nodes, service } = lab.record.plan;
  const settling = settled ? sleep(statsSettleMs, undefined, { signal }) : undefined;
  settling?.catch(() => undefined); // Heard below, unless a guest fails first.
  const targets = asked ?? clientAddresses({}, lab.record.plan);
  const facts: Record<string, GuestFacts> = {};
  const sessions = await reach(lab, nodes, signal);
  await Promise.all(
    [...sessions].map(async ([{ name, role }, session]) => {
      const { stdout } = await session.run(gatherScript(targets), { signal });
      facts[name] = parseFacts(stdout);
      if (forget && role !== 'director') await session.run(`ip neigh flush to ${service.vip}`, { signal });
    }),
  );
  if (settled) keepFactsMeanwhile(lab, statsSettleMs, signal);
  await settling;
  return { facts, ...(await readDirector(lab, sessions, signal)) };
}

async function reach(
  lab: OwnedLab,
  nodes: readonly NodePlan[],
  signal: AbortSignal,
): Promise<Map<NodePlan, GuestSession>> {
  const sessions = new Map<NodePlan, GuestSession>();
  await Promise.all(
    nodes.map(async (node) => {
      if (!(await domainRuns(lab.context.connection, node.uuid))) return;
      sessions.set(node, await sessionTo(lab, node, signal));
    }),
  );
  return sessions;
}

/** A director that has no ip_vs, or none that answers, is a finding too. */
async function readDirector(
  { record }: OwnedLab,
  sessions: ReadonlyMap<NodePlan, GuestSession>,
  signal: AbortSignal,
): Promise<Pick<GuestReadings, 'table' | 'counters'>> {
  const [, director] = [...sessions].find(([{ role }]) => role === 'director') ?? [];
  if (!director) return { table: undefined, counters: undefined };
  const { vip, port } = record.plan.service;
  try {
    const [table, stats] = [await readTable(director, signal), await readStats(director, signal)];
    return { table, counters: stats.find(({ address }) => address === `${vip}:${port}`) };
  } catch (error) {
    if (error instanceof LabError && error.code === 'guest-command-failed') {
      return { table: undefined, counters: undefined };
    }
    throw error;
  }
}
