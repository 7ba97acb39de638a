import { LabError } from '../contract/lab-error.ts';
import type { Connection } from './connection.ts';
import { listDomainStates, type DomainState } from './domain-states.ts';
import { endMachineProcess, findMachineProcess } from './machine-process.ts';
import { virsh } from './virsh.ts';
import type { Ownership } from './xml/ownership.ts';
import { parseOwnership } from './xml/parse-domain.ts';

/** A domain that carries our metadata. */
export interface OwnDomain extends DomainState {
  readonly owner: Ownership;
}

/** A start under emulation with a slow daemon can take a minute. */
const startTimeout = 180_000;

/**
 * Starts a transient domain: libvirt forgets it when it ends. Not cancellable, since a client that is killed
 * half way leaves it open whether the machine exists; cancel after it by `endMachine`.
 * @param xmlPath A file with the domain XML.
 */
export async function createDomain(connection: Connection, node: string, xmlPath: string): Promise<void> {
  await virsh(connection, `start the virtual machine of ${node}`, ['create', xmlPath], {
    timeout: startTimeout,
  });
}

/**
 * Ends a machine and makes sure it is gone: by libvirt where that knows it, by its process where libvirt does not know it
 * or does not answer. One that does not exist is no error.
 * @throws LabError when it is still there afterwards, or is not the lab's: nothing of it may be deleted then.
 */
export async function endMachine(connection: Connection, uuid: string, labId: string): Promise<void> {
  const refusal = await destroyDomain(connection, uuid, labId);
  const left = await findMachineProcess(uuid);
  if (left) await endMachineProcess(left);
  if (!refusal) return;
  const domain = await findDomain(connection, uuid);
  if (!domain || domain.state === 'off') return;
  throw new LabError('command-failed', `The virtual machine ${uuid} could not be stopped.`, {
    why: refusal.details.why ?? refusal.message,
    remedy: `Stop it by hand: virsh -c ${connection.uri} destroy ${uuid}`,
    cause: refusal,
  });
}

/**
 * @returns Why libvirt refused; undefined when it did not, or has no such domain.
 * @throws LabError when the domain is not the lab's.
 */
async function destroyDomain(
  connection: Connection,
  uuid: string,
  labId: string,
): Promise<LabError | undefined> {
  const domain = await findDomain(connection, uuid);
  if (!domain) return undefined;
  const xml = await domainXml(connection, uuid).catch(() => undefined); // It may end meanwhile.
  if (xml !== undefined && parseOwnership(xml)?.labId !== labId) {
    throw new LabError(
      'command-failed',
      `The virtual machine ${uuid} does not belong to this lab: left alone.`,
    );
  }
  try {
    if (domain.state !== 'off') await virsh(connection, 'stop a virtual machine', ['destroy', uuid]);
    // One that somebody defined stays behind when it ends (virsh(1), define).
    if ((await findDomain(connection, uuid))?.state === 'off')
      await virsh(connection, 'forget a virtual machine', ['undefine', uuid, '--managed-save']);
    return undefined;
  } catch (error) {
    if (error instanceof LabError) return error; // It may have ended meanwhile: what is there afterwards decides.
    throw error;
  }
}

/** A domain by its UUID; undefined where there is none or libvirt does not answer. */
async function findDomain(connection: Connection, uuid: string): Promise<DomainState | undefined> {
  const domains = await listDomainStates(connection).catch(unlessAway);
  return domains.find((domain) => domain.uuid === uuid);
}

/** Has a paused domain go on (virsh(1), resume; dompmwakeup for one that sleeps). */
export async function continueDomain(
  connection: Connection,
  node: string,
  { uuid, state }: Pick<DomainState, 'uuid' | 'state'>,
): Promise<void> {
  const verb = state === 'pmsuspended' ? 'dompmwakeup' : 'resume';
  await virsh(connection, `go on with the virtual machine of ${node}`, [verb, uuid]);
}

/**
 * Of domains those that carry our metadata.
 * @param known Those found before, by UUID: they are not asked whose they are again.
 */
export async function withOwners(
  connection: Connection,
  domains: readonly DomainState[],
  known: ReadonlyMap<string, Ownership> = new Map(),
): Promise<OwnDomain[]> {
  const owned = await Promise.all(
    domains.map(async (domain) => {
      const owner =
        known.get(domain.uuid) ?? parseOwnership(await domainXml(connection, domain.uuid).catch(() => '')); // It may end meanwhile.
      return owner ? [{ ...domain, owner }] : [];
    }),
  );
  return owned.flat();
}

/** None, when libvirt does not answer at all. @throws LabError any other failure. */
export function unlessAway(error: unknown): DomainState[] {
  if (error instanceof LabError && error.code === 'libvirt-away') return [];
  throw error;
}

function domainXml(connection: Connection, uuid: string): Promise<string> {
  return virsh(connection, 'describe a virtual machine', ['dumpxml', uuid]);
}
