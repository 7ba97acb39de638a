import { listOwnDomains, type OwnDomain } from '../libvirt/domain.ts';
import type { LabContext } from './lab-context.ts';
import { labNames, readRecord, type LabRecord } from './lab-record.ts';
import type { LabState } from './lab-states.ts';
import { warmOwner } from './warm/warm-store.ts';
import { isAlive } from './process-identity.ts';

/** One lab as `lvslab ls` tells it. */
export interface LabListing {
  readonly name: string;
  readonly template: string | null;
  readonly mode: string | null;
  /**
   * - A state of its record: a process runs it, or it is suspended or failed.
   * - `degraded`: it is ready, and not all of its nodes run.
   * - `interrupted`: its process died in the middle of a verb; the next start of LVS Lab mends it.
   * - `unattended`: its machines run, but the process with their switch has gone, so no frame passes between them.
   * - `stopped`: its files are there, no machine runs.
   * - `broken`: its record cannot be read.
   * - `orphan`: machines of ours run, and no record tells of them.
   */
  readonly state: LabState | 'degraded' | 'interrupted' | 'unattended' | 'stopped' | 'broken' | 'orphan';
  readonly nodesRunning: number;
  readonly nodes: number;
  readonly createdAt: string | null;
}

/** Every lab of this user, held against what libvirt really runs. */
export async function listLabs(context: LabContext): Promise<LabListing[]> {
  const machines = (await listOwnDomains(context.connection)).filter(
    ({ owner }) => owner.dataFolder === context.dataFolder && owner.labName !== warmOwner,
  );
  const names = await labNames(context.dataFolder);
  const listed = await Promise.all(
    names.map(async (name) => {
      const record = await readRecord(context.dataFolder, name).catch(() => undefined);
      return describe(name, record, machines);
    }),
  );
  const orphans = new Set(machines.map(({ owner }) => owner.labName).filter((name) => !names.includes(name)));
  return [...listed, ...[...orphans].map((name) => describeOrphan(name, machines))];
}

function describe(name: string, record: LabRecord | undefined, machines: readonly OwnDomain[]): LabListing {
  const nodesRunning = countOf(name, machines);
  if (!record) {
    return {
      name,
      template: null,
      mode: null,
      state: 'broken',
      nodesRunning,
      nodes: nodesRunning,
      createdAt: null,
    };
  }
  const { plan, createdAt } = record;
  return {
    name,
    template: plan.template,
    mode: plan.mode,
    state: stateOf(record, nodesRunning),
    nodesRunning,
    nodes: plan.nodes.length,
    createdAt,
  };
}

function stateOf({ state, verb, owner, plan }: LabRecord, running: number): LabListing['state'] {
  if (state === 'ready' && running > 0 && running < plan.nodes.length) return 'degraded';
  if (isAlive(owner)) return state;
  if (verb !== null) return 'interrupted';
  if (state !== 'ready') return state;
  return running > 0 ? 'unattended' : 'stopped';
}

function describeOrphan(name: string, machines: readonly OwnDomain[]): LabListing {
  const nodesRunning = countOf(name, machines);
  return {
    name,
    template: null,
    mode: null,
    state: 'orphan',
    nodesRunning,
    nodes: nodesRunning,
    createdAt: null,
  };
}

function countOf(name: string, machines: readonly OwnDomain[]): number {
  return machines.filter(({ owner }) => owner.labName === name).length;
}
