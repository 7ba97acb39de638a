import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { imageFiles, imagesFolder } from '../../src-main/image/image-store.ts';

/** Puts what looks like a whole guest image in a data folder. @param own In its record, in place of the embedded one's. */
export async function keepImage(
  dataFolder: string,
  key: string,
  own: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const folder = path.join(imagesFolder(dataFolder), key);
  await mkdir(folder, { recursive: true });
  for (const file of Object.values(imageFiles)) await writeFile(path.join(folder, file), 'made up');
  const record = { key, kernelArguments: '', sshUser: 'root', hostKey: '', builtAt: '2026-01-01T00:00:00Z' };
  await writeFile(path.join(folder, imageFiles.record), JSON.stringify({ ...record, ...own }));
}
