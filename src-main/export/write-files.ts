import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { LabError } from '../contract/lab-error.ts';
import type { ExportFile } from './export-source.ts';

/**
 * Writes files into a folder, which is made where it is not there; each whole or not at all.
 * @param options.force Whether files that are there are replaced.
 * @throws LabError `already-exists` before anything is written; `bad-input` when the folder cannot be written to.
 */
export async function writeFiles(
  folder: string,
  files: readonly ExportFile[],
  { force }: { readonly force: boolean },
): Promise<void> {
  const taken = force ? [] : await existing(folder, files);
  if (taken.length > 0) {
    throw new LabError('already-exists', `${folder} has ${taken.join(', ')} already.`, {
      remedy: 'Name another folder, or say --force to replace them.',
    });
  }
  try {
    for (const { name, content, mode } of files) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFileAtomic(file, content, { mode });
    }
  } catch (error) {
    throw new LabError('bad-input', `The files cannot be written to ${folder}.`, {
      why: error instanceof Error ? error.message : String(error),
      remedy: 'Name a folder of yours.',
      cause: error,
    });
  }
}

async function existing(folder: string, files: readonly ExportFile[]): Promise<string[]> {
  const found = await Promise.all(
    files.map(async ({ name }) => {
      const isThere = await access(path.join(folder, name)).then(
        () => true,
        () => false,
      );
      return isThere ? [name] : [];
    }),
  );
  return found.flat();
}
