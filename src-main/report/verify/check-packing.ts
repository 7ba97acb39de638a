import type { Bundle } from '../bundle/bundle.ts';
import type { Contents } from './check-manifest.ts';
import type { Ledger } from './ledger.ts';

/** Tells where files are in another order: a bundle is written in the order of its manifest, and a folder has none. */
export function checkOrder(
  ledger: Ledger,
  { files, packing }: Bundle,
  contents: Contents,
  listed: Contents,
): void {
  if (packing.some(({ kind }) => kind === 'unpacked')) return;
  const found = files.map(({ file }) => file).filter((file) => listed.has(file));
  const expected = [...listed.keys()].filter((file) => contents.has(file));
  if (expected.some((file, index) => file !== found[index])) ledger.differs({ kind: 'zip', ways: ['order'] });
}

/** Doubts a bundle with files that cannot be unpacked here: they may be right. @returns whether there is such a file */
export function doubtLocked(ledger: Ledger, { files }: Bundle): boolean {
  const all = files.filter(({ locked }) => locked !== undefined);
  const [first] = all;
  if (!first) return false;
  ledger.doubt(
    `${first.file} is ${first.locked ?? ''}, which cannot be unpacked here${all.length > 1 ? `, and so are ${all.length - 1} other files` : ''}: unpack it, and verify the folder.`,
  );
  return true;
}
