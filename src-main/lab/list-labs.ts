import type { LabListing, LabState } from '../contract/labs.ts';
import { listOwnDomains, type OwnDomain } from '../libvirt/domain.ts';
import type { LabContext } from './lab-context.ts';
import { labNames, readRecord, type LabRecord } from './lab-record.ts';
import { isNode } from './machine-owners.ts';
import { isAlive } from './process-identity.ts';

/** Every lab of this user, held against what libvirt really runs. */
export async function listLabs(context: LabContext): Promise<LabListing[]> {
  return describeLabs(context, await listOwnDomains(context.connection));
}

/** The same, held against machines that are known already. */
export async function describeLabs(
  { dataFolder }: Pick<LabContext, 'dataFolder'>,
  domains: readonly OwnDomain[],
): Promise<LabListing[]> {
  const machines = domains.filter(({ owner }) => owner.dataFolder === dataFolder && isNode(owner));
  const names = await labNames(dataFolder);
  const listed = await Promise.all(
    names.map(async (name) => {
      const record = await readRecord(dataFolder, name).catch(() => undefined);
      return describe(name, record, machines);
    }),
  );
  const orphans = new Set(machines.map(({ owner }) => owner.labName).filter((name) => !names.includes(name)));
  return [...listed, ...[...orphans].map((name) => withoutRecord(name, 'orphan', countOf(name, machines)))];
}

function describe(name: string, record: LabRecord | undefined, machines: readonly OwnDomain[]): LabListing {
  const nodesRunning = countOf(name, machines);
  if (!record) return withoutRecord(name, 'broken', nodesRunning);
  const { plan, createdAt, failure } = record;
  return {
    name,
    template: plan.template,
    mode: plan.mode,
    image: plan.guest.image,
    state: stateOf(record, nodesRunning),
    nodesRunning,
    nodes: plan.nodes.length,
    createdAt,
    failure,
  };
}

/** Where a lab is, as seen from outside. @param running How many of its nodes do. */
export function stateOf({ state, verb, owner, plan }: LabRecord, running: number): LabState {
  if (state === 'ready' && running > 0 && running < plan.nodes.length) return 'degraded';
  if (isAlive(owner)) return state;
  if (verb !== null) return 'interrupted';
  if (state !== 'ready') return state;
  return running > 0 ? 'unattended' : 'stopped';
}

function withoutRecord(name: string, state: 'broken' | 'orphan', nodesRunning: number): LabListing {
  return {
    ...{ name, template: null, mode: null, image: null, state, nodesRunning, nodes: nodesRunning },
    ...{ createdAt: null, failure: null },
  };
}

function countOf(name: string, machines: readonly OwnDomain[]): number {
  return machines.filter(({ owner }) => owner.labName === name).length;
}
