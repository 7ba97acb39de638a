import { chooseImage } from '../image/choose-image.ts';
import { embeddedGuest } from '../plan/lab-plan.ts';
import type { PlannedGuest } from '../plan/plan-lab.ts';
import type { LabContext } from './lab-context.ts';

/**
 * What a lab on an image is planned with.
 * @param image Its name; the embedded one where none is given.
 * @returns undefined for the embedded one, of which everything is known before it is built.
 * @throws LabError `not-found` where it is not here.
 */
export async function chooseGuest(
  { dataFolder }: Pick<LabContext, 'dataFolder'>,
  image: string | undefined,
): Promise<PlannedGuest | undefined> {
  if (image === undefined || image === embeddedGuest.image) return undefined;
  const baked = await chooseImage(dataFolder, image);
  return baked && { image: baked.name, memoryMiB: baked.memoryMiB, traits: baked.traits };
}
