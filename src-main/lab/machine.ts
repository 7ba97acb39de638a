import { writeFile } from 'node:fs/promises';
import type { GuestImage } from '../image/guest-image.ts';
import type { Connection } from '../libvirt/connection.ts';
import { createDomainXml, type DomainSpec } from '../libvirt/xml/create-domain.ts';
import type { Ownership } from '../libvirt/xml/ownership.ts';
import type { LabPlan, NodePlan } from '../plan/lab-plan.ts';
import type { LabContext } from './lab-context.ts';
import type { MachineFiles } from './node-files.ts';

/** What a machine is to be, whether a lab's node or one that is made warm. */
export interface Machine {
  readonly name: string;
  readonly hostName: string;
  readonly uuid: string;
  readonly owner: Omit<Ownership, 'dataFolder'>;
  readonly memoryMiB: number;
  readonly sshPort: number;
  readonly nics: DomainSpec['nics'];
  readonly files: MachineFiles;
}

/** What the host offers every machine. */
export interface Host {
  readonly image: GuestImage;
  readonly acceleration: 'kvm' | 'tcg';
  /** Seconds a machine may take from its start until it answers over SSH. */
  readonly bootTimeout: number;
}

/** A node's machine. */
export function machineOf(plan: LabPlan, node: NodePlan, files: MachineFiles): Machine {
  return {
    name: node.domain,
    hostName: node.name,
    uuid: node.uuid,
    owner: { labId: plan.id, labName: plan.name, node: node.name },
    memoryMiB: node.memoryMiB,
    sshPort: node.sshPort,
    nics: node.nics,
    files,
  };
}

/** Writes the domain XML libvirt starts a machine from. */
export async function writeDomainXml(
  { dataFolder, connection }: LabContext,
  { image, acceleration }: Host,
  machine: Machine,
): Promise<void> {
  const { name, hostName, uuid, owner, memoryMiB, sshPort, nics, files } = machine;
  const xml = createDomainXml({
    name,
    uuid,
    owner: { dataFolder, ...owner },
    memoryMiB,
    acceleration,
    boot: {
      kernel: image.kernel,
      initrd: image.initrd,
      // The machine id is the domain's UUID, so that no two nodes share one (machine-id(5)).
      kernelArguments: `${image.kernelArguments} systemd.hostname=${hostName} systemd.machine_id=${machineId(uuid)}`,
    },
    disk: files.disk,
    consoleLog: files.consoleLog,
    line: files.line,
    sshPort,
    nics,
    asRoot: needsRoot(connection),
  });
  await writeFile(files.xml, xml, { mode: 0o600 });
}

/** Whether QEMU must run as root: libvirt's system daemon runs it as a user who cannot read below root's home. */
export function needsRoot({ uri }: Connection): boolean {
  return process.getuid?.() === 0 && uri === 'qemu:///system';
}

/** A UUID as machine-id(5) writes it. */
export function machineId(uuid: string): string {
  return uuid.replaceAll('-', '');
}
