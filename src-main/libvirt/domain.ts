import { LabError } from '../contract/lab-error.ts';
import type { Connection } from './connection.ts';
import { virsh } from './virsh.ts';
import type { Ownership } from './xml/ownership.ts';
import { parseOwnership } from './xml/parse-domain.ts';

/** A domain that carries our metadata. */
export interface OwnDomain {
  readonly uuid: string;
  readonly name: string;
  readonly owner: Ownership;
}

/** Every domain starts with this, so that a person sees whose it is; whose it really is tells the metadata. */
export const domainPrefix = 'lvslab-';

/** A start under emulation with a slow daemon can take a minute. */
const startTimeout = 180_000;

/**
 * Starts a transient domain: libvirt forgets it when it ends. Not cancellable, since a client that is killed
 * half way leaves it open whether the machine exists; cancel after it by `destroyDomain`.
 * @param xmlPath A file with the domain XML.
 */
export async function createDomain(connection: Connection, node: string, xmlPath: string): Promise<void> {
  await virsh(connection, `start the virtual machine of ${node}`, ['create', xmlPath], {
    timeout: startTimeout,
  });
}

/**
 * Ends a domain and makes sure it is gone. One that does not exist is no error.
 * @throws LabError when it is still there afterwards, or is not the lab's.
 */
export async function destroyDomain(connection: Connection, uuid: string, labId: string): Promise<void> {
  if (!(await domainRuns(connection, uuid))) return;
  const xml = await domainXml(connection, uuid);
  if (parseOwnership(xml)?.labId !== labId) {
    throw new LabError(
      'command-failed',
      `The virtual machine ${uuid} does not belong to this lab: left alone.`,
    );
  }
  let refusal: unknown;
  try {
    await virsh(connection, 'stop a virtual machine', ['destroy', uuid]);
  } catch (error) {
    refusal = error; // It may have ended meanwhile: the list decides.
  }
  if (await domainRuns(connection, uuid)) {
    throw new LabError('command-failed', `The virtual machine ${uuid} could not be stopped.`, {
      remedy: `Stop it by hand: virsh -c ${connection.uri} destroy ${uuid}`,
      cause: refusal,
    });
  }
}

/** Whether a domain is there: ours are transient, so one that ended is not. */
export async function domainRuns(connection: Connection, uuid: string): Promise<boolean> {
  return (await domainUuids(connection)).includes(uuid);
}

/**
 * The domains that carry our metadata, running or not.
 * @param known Those found before, by UUID: they are not asked whose they are again.
 */
export async function listOwnDomains(
  connection: Connection,
  known: ReadonlyMap<string, OwnDomain> = new Map(),
): Promise<OwnDomain[]> {
  const output = await virsh(connection, 'list virtual machines', ['list', '--all', '--uuid', '--name']);
  const candidates = output
    .split('\n')
    .map((line) => /^\s*(\S+)\s+(\S+)\s*$/.exec(line))
    .flatMap((match) =>
      match?.[1] && match[2]?.startsWith(domainPrefix) ? [{ uuid: match[1], name: match[2] }] : [],
    );
  const domains = await Promise.all(
    candidates.map(async ({ uuid, name }) => {
      const before = known.get(uuid);
      if (before) return [before];
      const owner = parseOwnership(await domainXml(connection, uuid).catch(() => '')); // It may end meanwhile.
      return owner ? [{ uuid, name, owner }] : [];
    }),
  );
  return domains.flat();
}

async function domainUuids(connection: Connection): Promise<string[]> {
  const output = await virsh(connection, 'list virtual machines', ['list', '--all', '--uuid']);
  return output.split(/\s+/).filter(Boolean);
}

function domainXml(connection: Connection, uuid: string): Promise<string> {
  return virsh(connection, 'describe a virtual machine', ['dumpxml', uuid]);
}
