import type { LabContext } from './lab-context.ts';
import { labNames, readRecord, unlessForbidden } from './lab-record.ts';

/**
 * The images that labs' disks lie over: image key to the name of one such lab.
 * @throws LabError `command-failed` for a record that this user may not read: its image is not known then.
 */
export async function imagesInUse({ dataFolder }: LabContext): Promise<Map<string, string>> {
  const used = new Map<string, string>();
  for (const name of await labNames(dataFolder)) {
    const record = await readRecord(dataFolder, name).catch(unlessForbidden);
    if (record) used.set(record.image, name);
  }
  return used;
}
