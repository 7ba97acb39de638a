import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { connectGuest } from '../guest/connect-guest.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { GuestImage } from '../image/guest-image.ts';
import { createOverlay } from '../image/overlay.ts';
import { createDomain, domainRuns } from '../libvirt/domain.ts';
import { createDomainXml } from '../libvirt/xml/create-domain.ts';
import type { LabPlan, NodePlan } from '../plan/lab-plan.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import { nodeFolder } from './lab-record.ts';
import { runStep } from './task.ts';

/** What the host offers every node of a lab. */
export interface HostOffer {
  readonly image: GuestImage;
  readonly acceleration: 'kvm' | 'tcg';
  /** Seconds a node may take from its start until it answers over SSH. */
  readonly bootTimeout: number;
}

/** What a kernel or systemd writes to the console when it gives up. */
const hopeless = /Kernel panic|Unable to mount root|Failed to mount|emergency mode|Freezing execution/i;

/** Makes a node's disk, starts its machine and waits until it answers over SSH. */
export async function bootNode(
  context: LabContext,
  plan: LabPlan,
  node: NodePlan,
  offer: HostOffer,
  work: WorkOptions,
): Promise<GuestSession> {
  const folder = nodeFolder(context.dataFolder, plan.name, node.name);
  const consoleLog = path.join(folder, 'console.log');
  await runStep(work, { node: node.name, id: 'start', title: 'Start the virtual machine' }, async () => {
    await mkdir(folder, { mode: 0o700 });
    const disk = path.join(folder, 'disk.qcow2');
    await createOverlay(offer.image, disk);
    const xmlPath = path.join(folder, 'domain.xml');
    await writeFile(xmlPath, domainXml(context, plan, node, offer, { disk, consoleLog }), { mode: 0o600 });
    await createDomain(context.connection, node.name, xmlPath);
  });
  return runStep(work, { node: node.name, id: 'boot', title: 'Boot until SSH answers' }, () =>
    connectWatched(context, node, offer, consoleLog, work.signal),
  );
}

function domainXml(
  { dataFolder, connection }: LabContext,
  plan: LabPlan,
  node: NodePlan,
  { image, acceleration }: HostOffer,
  files: { disk: string; consoleLog: string },
): string {
  // libvirt's system daemon runs QEMU as a user who cannot read below root's home.
  const asRoot = process.getuid?.() === 0 && connection.uri === 'qemu:///system';
  return createDomainXml({
    name: node.domain,
    uuid: node.uuid,
    owner: { dataFolder, labId: plan.id, labName: plan.name, node: node.name },
    memoryMiB: node.memoryMiB,
    acceleration,
    kernel: image.kernel,
    initrd: image.initrd,
    // The machine id is the domain's UUID, so that no two nodes share one (machine-id(5)).
    kernelArguments: `${image.kernelArguments} systemd.hostname=${node.name} systemd.machine_id=${node.uuid.replaceAll('-', '')}`,
    ...files,
    sshPort: node.sshPort,
    nics: node.nics,
    asRoot,
  });
}

/** Connects, and gives up before the time is over when the machine has gone or its console shows it never will. */
async function connectWatched(
  context: LabContext,
  node: NodePlan,
  { image, bootTimeout }: HostOffer,
  consoleLog: string,
  signal: AbortSignal,
): Promise<GuestSession> {
  const connected = new AbortController();
  const gaveUp = new AbortController();
  const watch = watchBoot(context, node, consoleLog, AbortSignal.any([signal, connected.signal])).then(
    (why) => {
      gaveUp.abort();
      return why;
    },
  );
  try {
    return await connectGuest({
      node: node.name,
      host: '127.0.0.1',
      port: node.sshPort,
      user: image.sshUser,
      privateKeyPath: image.privateKeyPath,
      hostKey: image.hostKey,
      timeout: bootTimeout * 1000,
      signal: AbortSignal.any([signal, gaveUp.signal]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    connected.abort();
    const why = await watch;
    if (!why && !(error instanceof LabError && error.code === 'guest-unreachable')) throw error;
    throw new LabError('node-does-not-boot', 'The virtual machine did not come up.', {
      why: why ?? `SSH did not answer within ${bootTimeout} s. ${await lastLines(consoleLog)}`.trim(),
      remedy:
        "Build the guest image anew ('lvslab image rm --all', 'lvslab image build'); on a slow host give it longer with --boot-timeout.",
      cause: error,
    });
  } finally {
    connected.abort();
  }
}

/** @returns Why the node will not boot, once that is clear; undefined when told to stop looking. */
async function watchBoot(
  context: LabContext,
  node: NodePlan,
  consoleLog: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    await sleep(2000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return undefined;
    const line = (await tail(consoleLog)).split('\n').find((text) => hopeless.test(text));
    if (line) return `Its console says: ${line.trim()}`;
    const runs = await domainRuns(context.connection, node.uuid).catch(() => true); // libvirt may be busy.
    if (!runs) return `It ended by itself. ${await lastLines(consoleLog)}`.trim();
  }
}

async function lastLines(consoleLog: string): Promise<string> {
  const lines = (await tail(consoleLog)).split('\n').filter((line) => line.trim());
  return lines.length ? `Its console ends with: ${lines.slice(-3).join(' / ')}` : 'Its console is empty.';
}

/** The last 8 KiB of the console; as root it belongs to QEMU's user, who may not have made it yet. */
async function tail(file: string): Promise<string> {
  const length = 8192;
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(length),
      0,
      length,
      Math.max(0, size - length),
    );
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  }
}
