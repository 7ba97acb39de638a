import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import { nameSchema } from '../../template/value-types.ts';
import type { CatalogueEntry } from './entry-schema.ts';

/**
 * An entry for an image of the user's own, whose guest is like that of another.
 * @param name What it is to be called; by default what its file is called, in small letters.
 * @throws LabError `bad-input` when that is no name.
 */
export function newEntryLike(base: CatalogueEntry, file: string, name = nameOfFile(file)): CatalogueEntry {
  const { success, error } = nameSchema.safeParse(name);
  if (!success) {
    throw new LabError('bad-input', `An image cannot be called '${name}'.`, {
      why: `'${name}' ${error.issues[0]?.message ?? ''}`,
      remedy: 'Say another with --name.',
    });
  }
  return { ...base, name, title: `${name}, like ${base.title}`, source: undefined };
}

function nameOfFile(file: string): string {
  const stem = path.basename(file).replace(/\.(qcow2|raw|img)$/i, '');
  return stem
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, 48);
}
