import { baseName, byStrength, isStrong, type NamedChecksum } from './checksum.ts';
import { buildMark, type ImageSource } from './entry-schema.ts';
import { parseChecksumFile } from './parse-checksums.ts';

/** The checksums in a text that have a name: see `parseChecksumFile`. */
export function parseChecksums(text: string): NamedChecksum[] {
  return [...parseChecksumFile(text).named];
}

/** What the catalogue itself pins of a source. */
export function pinnedChecksum({ file, sha256, sha512 }: ImageSource): NamedChecksum | undefined {
  if (sha512 !== undefined) return { file, algorithm: 'sha512', digest: sha512 };
  return sha256 === undefined ? undefined : { file, algorithm: 'sha256', digest: sha256 };
}

/**
 * The file that is meant among those of a checksum file: the one of that name, or where the name leaves the build open
 * the newest. A build begins with a digit, so that no link such as `latest` is taken for one. Of its checksums the one
 * of the strongest hash.
 */
export function chooseFile(name: string, checksums: readonly NamedChecksum[]): NamedChecksum | undefined {
  return checksums
    .filter((each) => isStrong(each) && isMeant(baseName(each.file), name))
    .map((each) => ({ ...each, file: baseName(each.file) }))
    .sort((a, b) => byBuild(a.file, b.file) || byStrength(a, b))
    .at(-1);
}

/** The checksums that a list has of one file, whatever folders stand before its name there. The weakest first. */
export function checksumsOf(name: string, checksums: readonly NamedChecksum[]): NamedChecksum[] {
  const wanted = plain(name);
  // A name may have a backslash of its own, which is no folder's then.
  const isIt = (file: string) => plain(baseName(file)) === wanted || plain(file) === wanted;
  return checksums.filter(({ file }) => isIt(file)).sort(byStrength);
}

/** macOS takes letters with their accents apart; a blank at an end of a name is lost among those of a list. */
function plain(name: string): string {
  return name.normalize('NFC').trim();
}

function isMeant(file: string, name: string): boolean {
  const mark = name.indexOf(buildMark);
  if (mark < 0) return file === name;
  const [before, after] = [name.slice(0, mark), name.slice(mark + buildMark.length)];
  const build = file.slice(before.length, file.length - after.length);
  return file === before + build + after && /^[0-9][0-9.-]*$/.test(build);
}

/** 9.10-20250101.0 is newer than 9.5-20241118.0. */
const byBuild = new Intl.Collator('en', { numeric: true }).compare;
