import { works, type MachineCondition } from '../contract/machine.ts';
import type { LabListing, LabState } from '../contract/labs.ts';
import { toErrorInfo } from '../contract/lab-error.ts';
import type { Connection } from '../libvirt/connection.ts';
import type { LabContext } from './lab-context.ts';
import { connectionOf, isOthers, makerWords } from './lab-maker.ts';
import { labNames, readRecord, type LabRecord } from './lab-record.ts';
import { isNode } from './machine-owners.ts';
import { seeMachines, type SeenMachine } from './machines.ts';
import { isAlive } from './process-identity.ts';

/** How machines are looked for, at every libvirt that labs were made under. */
export type See = (connections: readonly Connection[]) => Promise<readonly SeenMachine[]>;

/** Every lab of this user, held against what really runs. */
export async function listLabs(
  context: Pick<LabContext, 'dataFolder' | 'connection'>,
  see: See = seeMachines,
): Promise<LabListing[]> {
  return (await lookAtLabs(context, see)).labs;
}

/** The same, with the machines that were seen. */
export async function lookAtLabs(
  { dataFolder, connection }: Pick<LabContext, 'dataFolder' | 'connection'>,
  see: See,
): Promise<{ readonly labs: LabListing[]; readonly machines: readonly SeenMachine[] }> {
  const names = await labNames(dataFolder);
  const records = await Promise.all(
    names.map((name) => readRecord(dataFolder, name).catch((error: unknown) => toErrorInfo(error))),
  );
  const machines = await see([
    connection,
    ...records.map((record) => connectionOf('plan' in record ? record.maker : undefined, connection)),
  ]);
  const ours = machines.filter(({ owner }) => owner?.dataFolder === dataFolder && isNode(owner));
  const listed = names.map((name, index) => {
    const record = records[index];
    if (record && 'plan' in record) return describe(record, machines, connection);
    // A folder without a record is what a lab begins as, and no failure.
    const failure = record && record.code !== 'not-found' ? record : null;
    return { ...withoutRecord(name, 'broken', countOf(name, ours)), failure };
  });
  const orphans = new Set(ours.flatMap(({ owner }) => owner?.labName ?? []));
  for (const name of names) orphans.delete(name);
  return {
    labs: [...listed, ...[...orphans].map((name) => withoutRecord(name, 'orphan', countOf(name, ours)))],
    machines,
  };
}

function describe(record: LabRecord, machines: readonly SeenMachine[], { uri }: Connection): LabListing {
  const { plan, createdAt, failure, maker } = record;
  const conditions = new Map(machines.map(({ uuid, condition }) => [uuid, condition]));
  const nodes = plan.nodes.map(({ name, uuid }) => ({ node: name, condition: conditions.get(uuid) }));
  const seen = nodes.flatMap(({ condition }) => condition ?? []);
  return {
    name: plan.name,
    template: plan.template,
    mode: plan.mode,
    image: plan.guest.image,
    state: stateOf(record, seen),
    nodesRunning: seen.filter(works).length,
    nodes: plan.nodes.length,
    machines: nodes.map(({ node, condition }) => ({
      node,
      ...(condition ?? { state: 'off' as const, reason: null, known: true }),
    })),
    madeBy: maker && isOthers(maker) ? makerWords(maker) : null,
    under: maker && !isOthers(maker) && maker.uri !== uri ? maker.uri : null,
    createdAt,
    failure,
  };
}

/** Where a lab is, as seen from outside. @param seen How those of its machines are that are there. */
export function stateOf(
  { state, verb, owner, plan }: LabRecord,
  seen: readonly MachineCondition[],
): LabState {
  const running = seen.filter(works).length;
  const owned = isAlive(owner);
  if (state === 'ready' && (owned || seen.length > 0) && running < plan.nodes.length) return 'degraded';
  if (owned) return state;
  if (verb !== null) return 'interrupted';
  if (state !== 'ready') return state;
  return seen.length > 0 ? 'unattended' : 'stopped';
}

function withoutRecord(name: string, state: 'broken' | 'orphan', nodesRunning: number): LabListing {
  return {
    ...{ name, template: null, mode: null, image: null, state, nodesRunning, nodes: nodesRunning },
    ...{ machines: [], madeBy: null, under: null, createdAt: null, failure: null },
  };
}

function countOf(name: string, machines: readonly SeenMachine[]): number {
  return machines.filter(({ owner }) => owner?.labName === name).length;
}
