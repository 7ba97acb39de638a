import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { mostFiles, type Container } from './container.ts';
import { isLeftover, readName } from './file-name.ts';

/**
 * A folder with all that is below it. No link is followed.
 * @throws Error of the file system; where it has more than any folder of reports.
 */
export async function openFolder(folder: string): Promise<Container> {
  const names = await namesIn(folder);
  const files = await Promise.all(
    names.map(async (file) => {
      const there = path.join(folder, file);
      const stats = await lstat(there);
      const oddity = stats.isFile() ? undefined : ('link' as const);
      const open = () => Promise.resolve(createReadStream(there));
      return { file: withSlashes(file), bytes: stats.size, oddity, path: there, open };
    }),
  );
  const asTheyAre = files.every(({ file }, index) => file === names[index]);
  return {
    ...{ kind: 'folder', files },
    packing: asTheyAre ? [] : [{ kind: 'zip', ways: ['backslashes'] }],
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Some programs unpack `runs\\2.csv` of a zip from Windows as one file of that name. */
function withSlashes(name: string): string {
  try {
    return readName(name).file;
  } catch {
    return name;
  }
}

async function namesIn(folder: string, within = ''): Promise<string[]> {
  const names: string[] = [];
  const found = await readdir(path.join(folder, within), { withFileTypes: true });
  for (const each of found) {
    const name = within === '' ? each.name : `${within}/${each.name}`;
    // What others leave there is named, and not gone through: a `.git` may have a hundred thousand files.
    if (each.isDirectory() && !isLeftover(name)) names.push(...(await namesIn(folder, name)));
    else names.push(name);
    if (names.length > mostFiles) throw new Error(`It has more than ${mostFiles} files.`);
  }
  return names;
}
