import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import { createOverlay } from '../../image/overlay.ts';
import { createDomain, endMachine } from '../../libvirt/domain.ts';
import { saveDomain } from '../../libvirt/save-image.ts';
import { isMissing } from '../../process/file-errors.ts';
import { removeFolder } from '../../process/held-disks.ts';
import { allocatePorts } from '../allocate-ports.ts';
import { connectWatched } from '../connect-machine.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import { writeDomainXml, type Host, type Machine } from '../machine.ts';
import { warmOwner } from '../machine-owners.ts';
import { machineFiles } from '../node-files.ts';
import { demandListener, listenCommand } from '../node-identity.ts';
import type { StepProgress } from '../task.ts';
import { warmFiles, warmFolder, warmNics, type WarmRecord } from './warm-store.ts';

/** In the folder of one that is being made: the machine's UUID, for whoever clears up after its maker was killed. */
const machineNote = 'machine';

/** Where a warm state is made, beside its place. */
export function makingFolder(dataFolder: string, key: string): string {
  return path.join(warmFolder(dataFolder), `.making-${key}`);
}

interface Making {
  readonly making: string;
  readonly tell: (progress: StepProgress) => void;
  readonly work: WorkOptions;
}

/** Boots a machine of the image, lets it read what recipes will run, and saves it. */
export async function makeWarmState(
  context: LabContext,
  host: Host,
  terms: Omit<WarmRecord, 'madeAt'>,
  { making, tell, work }: Making,
): Promise<void> {
  await mkdir(making, { mode: 0o700 });
  const machine = await describeMachine(context, terms, making);
  await writeFile(path.join(making, machineNote), machine.uuid);
  await createOverlay(host.image.rootDisk, machine.files.disk);
  await writeDomainXml(context, host, machine);
  tell({ detail: 'booting', fraction: 0.1 });
  await createDomain(context.connection, 'the warm state', machine.files.xml);
  await warmUp(context, host, machine, work);
  tell({ detail: 'saving', fraction: 0.8 });
  await saveDomain(context.connection, 'the warm state', machine.uuid, path.join(making, warmFiles.memory));
  await rm(machine.files.xml);
  await rm(machine.files.consoleLog, { force: true });
  await rm(machine.files.line, { force: true });
  await rm(path.join(making, machineNote));
  const record: WarmRecord = { ...terms, madeAt: new Date().toISOString() };
  await writeFile(path.join(making, warmFiles.record), JSON.stringify(record, undefined, 2) + '\n');
}

/** Ends the machine and removes the files of one that was never finished. */
export async function clearMaking(context: LabContext, making: string): Promise<void> {
  const uuid = await noteIn(making);
  if (uuid) await endMachine(context.connection, uuid, uuid);
  await removeFolder(making, 'A half-made warm state');
}

async function noteIn(making: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(making, machineNote), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function describeMachine(
  context: LabContext,
  { memoryMiB, nics }: Pick<WarmRecord, 'memoryMiB' | 'nics'>,
  making: string,
): Promise<Machine> {
  const uuid = randomUUID();
  const port = await allocatePorts(context, 1);
  return {
    name: `lvslab-warm-${uuid.slice(0, 8)}`,
    hostName: 'warm',
    uuid,
    owner: { labId: uuid, labName: warmOwner, node: 'warm' },
    memoryMiB,
    sshPort: port(),
    nics: warmNics({ nics }, []),
    files: machineFiles(making),
  };
}

/** Whatever of it a guest lacks is not read, and costs time later. */
const readAhead = [
  'apache2ctl configtest; nginx -t; curl --version; ip -V; arping -V; tcpdump --version',
  'sysctl -n net.ipv4.ip_forward; systemctl is-active apache2; date; hostname; perl -e 1; sed --version; awk 1 /dev/null',
  // Not ipvsadm itself, which loads ip_vs whatever it is asked.
  'cat /sbin/ipvsadm $(find /lib/modules -path "*netfilter/ipvs*" -o -name "libcrc32c*" -o -name "nf_*conntrack.ko" -o -name "nf_defrag*.ko")',
].join('; ');

async function warmUp(context: LabContext, host: Host, machine: Machine, { signal }: WorkOptions) {
  const { uuid, sshPort, files } = machine;
  const session = await connectWatched(
    context,
    { node: 'the warm state', uuid, sshPort, consoleLog: files.consoleLog },
    host,
    signal,
  );
  try {
    const { exitCode, stderr } = await session.run(
      `${listenCommand()} || exit; (${readAhead}) >/dev/null 2>&1; sync`,
      { signal },
    );
    if (exitCode !== 0) {
      throw new LabError('guest-command-failed', 'The machine cannot listen on its serial line.', {
        why: stderr,
      });
    }
    await demandListener(files.line, signal);
  } catch (error) {
    throw error instanceof LabError ? error.at({ node: 'the warm state' }) : error;
  } finally {
    await session.close();
  }
}
