import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import { checkFile, isNamed } from '../../template/check-file.ts';
import { malformed } from '../../template/malformed.ts';
import { didYouMean } from '../../template/near-miss.ts';
import type { PlacedProblem, Problem } from '../../template/yaml-source.ts';
import { catalogueFolder } from '../catalogue-folder.ts';
import { buildMark, entrySchema, type CatalogueEntry, type ImageSource } from './entry-schema.ts';

/** An entry, and whether it is the user's own. */
export interface CatalogueItem {
  readonly entry: CatalogueEntry;
  readonly own: boolean;
}

interface Catalogue {
  readonly items: readonly CatalogueItem[];
  /** What is wrong with files of the user's, which are left out; a line each, as `file:line:column: words`. */
  readonly problems: readonly string[];
}

/** Where a user's own entries lie, a file each. */
export function ownCatalogueFolder(dataFolder: string): string {
  return path.join(dataFolder, 'catalogue');
}

/** All entries by name: those that come with LVS Lab, and the user's own, which take the place of one of the same name. */
export async function loadCatalogue(dataFolder: string, shipped = catalogueFolder): Promise<Catalogue> {
  const theirs = await loadFolder(shipped);
  if (theirs.problems.length > 0)
    throw malformed('The catalogue of images', theirs.problems, 'docs/images.md');
  const own = await loadFolder(ownCatalogueFolder(dataFolder));
  const items = new Map<string, CatalogueItem>();
  for (const entry of theirs.entries) items.set(entry.name, { entry, own: false });
  for (const entry of own.entries) items.set(entry.name, { entry, own: true });
  return {
    items: [...items.values()].sort((a, b) => a.entry.name.localeCompare(b.entry.name)),
    problems: own.problems.map(({ file, line, column, words }) => `${file}:${line}:${column}: ${words}`),
  };
}

/**
 * The entry of that name.
 * @throws LabError `not-found`, or `bad-input` where its file is the user's own and has errors.
 */
export async function findEntry(dataFolder: string, name: string): Promise<CatalogueItem> {
  const { items, problems } = await loadCatalogue(dataFolder);
  const broken = problems.filter((line) =>
    line.startsWith(`${path.join(ownCatalogueFolder(dataFolder), name)}.yaml:`),
  );
  if (broken.length > 0) {
    throw new LabError('bad-input', `The catalogue's entry '${name}' is not well-formed.`, {
      why: broken.join('\n'),
      remedy: 'Mend what is named at each line and column; docs/images.md tells what each key is.',
    });
  }
  const item = items.find(({ entry }) => entry.name === name);
  if (item) return item;
  const known = items.map(({ entry }) => entry.name);
  throw new LabError('not-found', `The catalogue has no image '${name}'.${didYouMean(name, known)}`, {
    remedy: 'See which there are with: lvslab image catalogue',
  });
}

async function loadFolder(folder: string) {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  const files = names.map((name) => path.join(folder, name));
  const read = await Promise.all(files.map(async (file) => checkEntry(file, await readFile(file, 'utf8'))));
  return {
    entries: read.flatMap(({ value }) => (value ? [value] : [])),
    problems: read.flatMap(({ problems }): readonly PlacedProblem[] => problems),
  };
}

/** Reads one entry's file and finds everything that is wrong with it. */
export function checkEntry(file: string, text: string) {
  return checkFile({ file, text }, entrySchema, [
    isNamed(path.basename(file, '.yaml')),
    { reads: ['source'], find: ({ source }) => sourceProblems(source) },
  ]);
}

function sourceProblems(source: ImageSource | undefined): Problem[] {
  if (!source) return [];
  const { file, checksums, sha256, sha512 } = source;
  if (checksums === undefined && file.includes(buildMark)) {
    const words = `source.file: ${buildMark} is read from the checksum file, and 'checksums' names none`;
    return [{ path: ['source', 'file'], find: buildMark, words }];
  }
  if (file.includes(buildMark) && (sha256 ?? sha512) !== undefined) {
    const words = `source.file: a checksum is of one file, and ${buildMark} leaves open which`;
    return [{ path: ['source', 'file'], find: buildMark, words }];
  }
  if ((checksums ?? sha256 ?? sha512) !== undefined) return [];
  const words = "source: it needs 'checksums', 'sha256' or 'sha512': what cannot be verified is not fetched";
  return [{ path: ['source'], at: 'key', words }];
}
