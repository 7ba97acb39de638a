import { mkdir } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import { ensureImage } from '../image/ensure-image.ts';
import { detectAcceleration } from '../libvirt/acceleration.ts';
import { canStartDaemons, startLibvirtDaemons } from '../libvirt/daemon.ts';
import { libvirtAnswers } from '../libvirt/virsh.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import type { Host } from './machine.ts';
import { runStep } from './task.ts';

/**
 * Brings the host to where a lab can start: libvirt answers, the acceleration is known, the guest image is there.
 * What is missing and can be mended without asking is mended.
 */
export async function prepareHost(
  context: LabContext,
  work: WorkOptions,
): Promise<Pick<Host, 'acceleration' | 'image'>> {
  await mkdir(context.dataFolder, { recursive: true, mode: 0o700 });
  const acceleration = await runStep(work, { id: 'host', title: 'Look at this host' }, async (tell) => {
    const { type, why } = await detectAcceleration({ dataFolder: context.dataFolder, signal: work.signal });
    tell({ detail: why });
    await reachLibvirt(context, type === 'kvm', work.signal);
    return type;
  });
  const image = await ensureImage({ dataFolder: context.dataFolder, ...work });
  return { acceleration, image };
}

async function reachLibvirt(
  { connection }: LabContext,
  kvmWorks: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (await libvirtAnswers(connection)) return;
  if (canStartDaemons(connection)) {
    await startLibvirtDaemons({ kvmWorks, signal });
    return;
  }
  throw new LabError('libvirt-away', `libvirt does not answer at ${connection.uri}.`, {
    remedy: "Run 'lvslab doctor' to see what this host lacks.",
  });
}
