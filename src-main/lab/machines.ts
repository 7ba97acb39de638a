import path from 'node:path';
import { machineOff, type MachineCondition } from '../contract/machine.ts';
import type { Connection } from '../libvirt/connection.ts';
import { unlessAway, withOwners } from '../libvirt/domain.ts';
import { listDomainStates, type DomainState } from '../libvirt/domain-states.ts';
import { findMachineProcesses, type MachineProcess } from '../libvirt/machine-process.ts';
import type { Ownership } from '../libvirt/xml/ownership.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import { demandNotHeld } from '../process/held-disks.ts';
import { connectionKey } from './lab-maker.ts';
import { labsFolder } from './lab-record.ts';

/** Whose a machine is; by its process alone the lab's id is not known. */
export type MachineOwner = Omit<Ownership, 'labId'> & { readonly labId?: string };

/** A machine of ours that is there, seen by its process, by libvirt, or by both. */
export interface SeenMachine {
  readonly uuid: string;
  readonly condition: MachineCondition;
  /** By libvirt's metadata, or by the place of its disk; undefined where neither tells. */
  readonly owner: MachineOwner | undefined;
}

/** Owners that libvirt has told once, by UUID. */
export type KnownOwners = ReadonlyMap<string, Ownership>;

/**
 * Every machine of ours on this host. A machine is known by its process; libvirt adds what state it is in. Where libvirt
 * does not answer, the processes alone are told.
 * @throws LabError what libvirt says, unless it is away.
 */
export async function seeMachines(
  connections: readonly Connection[],
  known?: KnownOwners,
): Promise<SeenMachine[]> {
  const distinct = [...new Map(connections.map((each) => [connectionKey(each), each])).values()];
  const [processes, ...told] = await Promise.all([
    findMachineProcesses(),
    ...distinct.map(async (connection) => {
      const { domains, answers } = await askForStates(connection);
      const owned = await withOwners(connection, domains, known);
      return { domains, answers, owners: new Map(owned.map(({ uuid, owner }) => [uuid, owner])) };
    }),
  ]);
  const domains = new Map(told.flatMap((each) => each.domains.map((domain) => [domain.uuid, domain])));
  const owners = new Map(told.flatMap((each) => [...each.owners]));
  const running = new Map(processes.map((machine) => [machine.uuid, machine]));
  const answered = told.every(({ answers }) => answers);
  return [...new Set([...domains.keys(), ...running.keys()])].flatMap((uuid) => {
    const machine = running.get(uuid);
    const condition = conditionFrom(domains.get(uuid), machine, answered);
    if (condition.state === 'off') return [];
    return [{ uuid, condition, owner: owners.get(uuid) ?? (machine && ownerByDisk(machine)) }];
  });
}

/** How each of a lab's machines is, by node. @throws LabError what libvirt says, unless it is away. */
export async function conditionsOf(
  connection: Connection,
  nodes: readonly Pick<NodePlan, 'name' | 'uuid'>[],
): Promise<Map<string, MachineCondition>> {
  const [{ domains, answers }, processes] = await Promise.all([
    askForStates(connection),
    findMachineProcesses(),
  ]);
  const find = <T extends { uuid: string }>(all: readonly T[], uuid: string) =>
    all.find((each) => each.uuid === uuid);
  return new Map(
    nodes.map(({ name, uuid }) => [name, conditionFrom(find(domains, uuid), find(processes, uuid), answers)]),
  );
}

/** What libvirt says; nothing where it is away, hangs or is just starting. @throws LabError for anything else. */
async function askForStates(connection: Connection): Promise<{ domains: DomainState[]; answers: boolean }> {
  try {
    return { domains: await listDomainStates(connection), answers: true };
  } catch (error) {
    return { domains: unlessAway(error), answers: false };
  }
}

/** How one machine is. @throws LabError what libvirt says, unless it is away. */
export async function conditionOf(
  connection: Connection,
  node: Pick<NodePlan, 'name' | 'uuid'>,
): Promise<MachineCondition> {
  return (await conditionsOf(connection, [node])).get(node.name) ?? machineOff;
}

/** Whether a machine is there at all, in whichever state. @throws LabError what libvirt says, unless it is away. */
export async function machineIsThere(connection: Connection, uuid: string): Promise<boolean> {
  return (await conditionOf(connection, { name: uuid, uuid })).state !== 'off';
}

/**
 * Makes sure that nobody but our own machines holds a disk in a folder, before a machine is ended whose disk could not be
 * deleted after it.
 * @throws LabError `lab-busy`; nothing is changed then.
 */
export async function demandHeldByMachinesAlone(folder: string, what: string): Promise<void> {
  const machines = await findMachineProcesses();
  await demandNotHeld(folder, what, new Set(machines.map(({ pid }) => pid)));
}

/** What libvirt and the process say together. @param answered Whether libvirt said anything. */
export function conditionFrom(
  domain: Pick<DomainState, 'state' | 'reason'> | undefined,
  machine: Pick<MachineProcess, 'stopped'> | undefined,
  answered = true,
): MachineCondition {
  if ((!domain || domain.state === 'off') && !machine) return machineOff;
  const known = domain !== undefined;
  const unasked = !known && !answered ? { unasked: true } : {};
  // To a daemon that is just starting it, a machine whose process is there is off.
  const { state, reason } =
    domain && domain.state !== 'off' ? domain : { state: 'running' as const, reason: null };
  if (machine?.stopped && state === 'running')
    return { state: 'paused', reason: 'stopped by a signal', known, ...unasked };
  return { state, reason, known, ...unasked };
}

/** A node's disk lies at `DATA FOLDER/labs/LAB/NODE/disk.qcow2`. */
export function ownerByDisk({ disks }: Pick<MachineProcess, 'disks'>): MachineOwner | undefined {
  for (const disk of disks) {
    const nodeFolder = path.dirname(disk);
    const folder = path.dirname(nodeFolder);
    const dataFolder = path.dirname(path.dirname(folder));
    if (path.dirname(folder) !== labsFolder(dataFolder)) continue;
    return { dataFolder, labName: path.basename(folder), node: path.basename(nodeFolder) };
  }
  return undefined;
}
