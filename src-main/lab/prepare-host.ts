import { mkdir } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import { obstaclesFor } from '../image/catalogue/check-host.ts';
import { loadCatalogue } from '../image/catalogue/load-catalogue.ts';
import { chooseImage } from '../image/choose-image.ts';
import { ensureImage } from '../image/ensure-image.ts';
import type { GuestImage } from '../image/guest-image.ts';
import { embeddedName } from '../image/image-store.ts';
import { detectAcceleration } from '../libvirt/acceleration.ts';
import { canStartDaemons, startLibvirtDaemons } from '../libvirt/daemon.ts';
import { libvirtAnswers } from '../libvirt/virsh.ts';
import { findImageHost } from './image-host.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import type { Host } from './machine.ts';
import { runStep } from './task.ts';

/**
 * Brings the host to where a lab can start: libvirt answers, the acceleration is known, the guest image is there.
 * What is missing and can be mended without asking is mended; the embedded image is built, and others must be there.
 * @param imageName The embedded one where none is given.
 * @throws LabError `host-not-ready` where the guests' processor is too old for the image; as `ensureImage` and
 *   `chooseImage` do.
 */
export async function prepareHost(
  context: LabContext,
  work: WorkOptions,
  imageName?: string,
): Promise<Pick<Host, 'acceleration' | 'image'>> {
  const acceleration = await readyHost(context, work);
  return { acceleration, image: await imageFor(context, work, imageName) };
}

/** Brings the host to where a machine can start, whatever it starts from. */
export async function readyHost(context: LabContext, work: WorkOptions): Promise<Host['acceleration']> {
  await mkdir(context.dataFolder, { recursive: true, mode: 0o700 });
  return runStep(work, { id: 'host', title: 'Look at this host' }, async (tell) => {
    const { type, why } = await detectAcceleration({ dataFolder: context.dataFolder, signal: work.signal });
    tell({ detail: why });
    await reachLibvirt(context, type === 'kvm', work.signal);
    return type;
  });
}

async function imageFor(
  { dataFolder }: LabContext,
  work: WorkOptions,
  name: string | undefined,
): Promise<GuestImage> {
  const image = name === undefined || name === embeddedName ? undefined : await chooseImage(dataFolder, name);
  if (!image) return ensureImage({ dataFolder, ...work });
  await demandProcessor(dataFolder, image, work);
  return image;
}

/** An image may have been baked on another host, or when this one had KVM. */
async function demandProcessor(dataFolder: string, { name }: GuestImage, work: WorkOptions): Promise<void> {
  const { items } = await loadCatalogue(dataFolder);
  const entry = items.find((item) => item.entry.name === name)?.entry;
  if (!entry) return; // An own one that was removed from the catalogue since.
  const host = await findImageHost(dataFolder, work.signal);
  const obstacle = obstaclesFor(entry, host).find(({ about }) => about === 'cpu');
  if (obstacle)
    throw new LabError('host-not-ready', obstacle.what, { why: obstacle.why, remedy: obstacle.remedy });
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
