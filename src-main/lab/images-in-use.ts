import type { LabContext } from './lab-context.ts';
import { labNames, readRecord } from './lab-record.ts';

/** The images that labs' disks lie over: image key to the name of one such lab. */
export async function imagesInUse({ dataFolder }: LabContext): Promise<Map<string, string>> {
  const used = new Map<string, string>();
  for (const name of await labNames(dataFolder)) {
    const record = await readRecord(dataFolder, name).catch(() => undefined);
    if (record) used.set(record.image, name);
  }
  return used;
}
