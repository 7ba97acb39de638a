import { readFile } from 'node:fs/promises';
import os from 'node:os';
import type { LabFacts } from '../../contract/lab-facts.ts';
import { libvirtVersion } from '../../libvirt/virsh.ts';
import type { LabContext } from '../lab-context.ts';
import type { LabRecord } from '../lab-record.ts';
import { nodeFiles } from '../node-files.ts';

/** What this host tells of itself, and how a lab's machines run on it. Never rejects: what cannot be told is null. */
export async function readHostFacts(context: LabContext, { plan }: LabRecord): Promise<LabFacts['host']> {
  const [system, versions, accelerator] = await Promise.all([
    distribution(),
    libvirtVersion(context.connection).catch(() => ({ libvirt: undefined, qemu: undefined })),
    acceleratorOf(context, plan),
  ]);
  return {
    system,
    kernel: os.release(),
    processor: os.cpus()[0]?.model.trim() || null,
    processors: os.availableParallelism(),
    memoryMiB: Math.floor(os.totalmem() / 2 ** 20),
    libvirt: versions.libvirt ?? null,
    qemu: versions.qemu ?? null,
    accelerator,
    node: process.versions.node,
  };
}

/** By os-release(5). */
async function distribution(): Promise<string | null> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1] ?? null;
}

/** As the domain of its first machine has it: the host may have come to KVM, or lost it, since. */
async function acceleratorOf(
  context: LabContext,
  plan: LabRecord['plan'],
): Promise<LabFacts['host']['accelerator']> {
  const [node] = plan.nodes;
  if (!node) return null;
  const xml = await readFile(nodeFiles(context, plan.name, node).xml, 'utf8').catch(() => '');
  const type = /^<domain type="(kvm|qemu)"/.exec(xml)?.[1];
  if (type === undefined) return null;
  return type === 'kvm' ? 'kvm' : 'tcg';
}
