import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/lab-error.ts';
import { clientAddresses } from '../../evidence/as-it-is.ts';
import { gatherScript } from '../../evidence/gather-script.ts';
import type { UnreadReason } from '../../evidence/evidence.ts';
import type { GuestFacts } from '../../evidence/guest-facts.ts';
import { parseFacts } from '../../evidence/parse-facts.ts';
import type { GuestSession } from '../../guest/guest-session.ts';
import { statsSettleMs } from '../../ipvs/read-ipvs.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import type { WorkOptions } from '../lab-context.ts';
import { conditionsOf } from '../machines.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { keepFactsMeanwhile } from './find-facts.ts';
import { readDirector, type DirectorReading } from './read-director.ts';

/** What the guests themselves say; nothing of those that are down. */
export interface GuestReadings {
  /** By node. */
  readonly facts: Readonly<Record<string, GuestFacts>>;
  /** Nodes that could not be asked. */
  readonly unread: Readonly<Record<string, UnreadReason>>;
  /** The director's table and counters; undefined when it cannot tell. */
  readonly director: DirectorReading | undefined;
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
  const { sessions, unread } = await reach(lab, nodes, signal);
  await Promise.all(
    [...sessions].map(async ([{ name, role }, session]) => {
      const script = gatherScript(targets, service.vip);
      const { stdout } = await session.run(script, { signal, timeout: askTimeoutMs });
      facts[name] = parseFacts(stdout);
      if (forget && role !== 'director') await session.run(`ip neigh flush to ${service.vip}`, { signal });
    }),
  );
  if (settled) keepFactsMeanwhile(lab, statsSettleMs, signal);
  await settling;
  const [, director] = [...sessions].find(([{ role }]) => role === 'director') ?? [];
  return { facts, unread, director: director && (await readDirector(director, signal)) };
}

/** Milliseconds that a node may take to tell its state; on two busy cores it takes some three seconds. */
const askTimeoutMs = 60_000;

/** Sessions to the nodes that answer, and why the others do not. */
async function reach(
  lab: OwnedLab,
  nodes: readonly NodePlan[],
  signal: AbortSignal,
): Promise<{ sessions: Map<NodePlan, GuestSession>; unread: Record<string, UnreadReason> }> {
  const sessions = new Map<NodePlan, GuestSession>();
  const unread: Record<string, UnreadReason> = {};
  const conditions = await conditionsOf(lab.context.connection, nodes);
  await Promise.all(
    nodes.map(async (node) => {
      if (conditions.get(node.name)?.state === 'off') {
        unread[node.name] = 'off';
        return;
      }
      try {
        sessions.set(node, await sessionTo(lab, node, signal));
      } catch (error) {
        if (!(error instanceof LabError) || error.code !== 'guest-unreachable') throw error;
        unread[node.name] = 'unanswered';
      }
    }),
  );
  return { sessions, unread };
}
