import { LabError } from '../contract/lab-error.ts';
import { findEntry } from './catalogue/load-catalogue.ts';
import type { GuestImage } from './guest-image.ts';
import { embeddedName, findImage, listImages } from './image-store.ts';

/**
 * The image that a lab is to start from: the embedded one where none is named.
 * @param name As the catalogue has it, or 'embedded'.
 * @returns undefined when it is the embedded one, and that is yet to be built; of several bakes the newest.
 * @throws LabError `not-found` when no such image is there, with what makes it.
 */
export async function chooseImage(
  dataFolder: string,
  name: string = embeddedName,
): Promise<GuestImage | undefined> {
  if (name === embeddedName) return findImage(dataFolder);
  const baked = (await listImages(dataFolder)).find((image) => image.name === name);
  if (baked) return baked;
  const { entry } = await findEntry(dataFolder, name); // Tells of a name that is none.
  throw new LabError('not-found', `No lab can start on ${entry.title} yet: it was not baked on this host.`, {
    why: 'A cloud image is booted once with a network, gets what labs need, and is kept so.',
    remedy: `Run: lvslab image bake ${name} (or 'Images' in the application).`,
  });
}
