import { buildMark, type ImageSource } from './entry-schema.ts';

/** The checksum of one file. */
export interface Checksum {
  readonly algorithm: 'sha256' | 'sha512';
  /** Small hexadecimal digits. */
  readonly digest: string;
}

/** A file and what it must be. */
export interface NamedChecksum extends Checksum {
  readonly file: string;
}

const bsd = /^(SHA256|SHA512) \((.+)\) = ([0-9a-fA-F]+)$/;
const gnu = /^([0-9a-fA-F]{64}|[0-9a-fA-F]{128}) [ *](?:\.\/)?(\S+)$/;

/**
 * The checksums in a file of them: lines of `SHA256 (name) = hex`, as BSD's tools and the CentOS project write them, or
 * of `hex  name` (sha256sum(1), sha512sum(1)). Other lines, a signature's too, are passed over.
 */
export function parseChecksums(text: string): NamedChecksum[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, , bsdFile, bsdDigest] = bsd.exec(line) ?? [];
    const [, gnuDigest, gnuFile] = gnu.exec(line) ?? [];
    const [file, digest] = [bsdFile ?? gnuFile, (bsdDigest ?? gnuDigest)?.toLowerCase()];
    if (file === undefined || digest === undefined) return [];
    if (line.startsWith('SHA') && digest.length !== (line.startsWith('SHA256') ? 64 : 128)) return [];
    return [{ file, digest, algorithm: digest.length === 64 ? 'sha256' : 'sha512' }];
  });
}

/** What the catalogue itself pins of a source. */
export function pinnedChecksum({ file, sha256, sha512 }: ImageSource): NamedChecksum | undefined {
  if (sha512 !== undefined) return { file, algorithm: 'sha512', digest: sha512 };
  return sha256 === undefined ? undefined : { file, algorithm: 'sha256', digest: sha256 };
}

/**
 * The file that is meant among those of a checksum file: the one of that name, or where the name leaves the build open
 * the newest. A build begins with a digit, so that no link such as `latest` is taken for one.
 */
export function chooseFile(name: string, checksums: readonly NamedChecksum[]): NamedChecksum | undefined {
  return checksums
    .filter(({ file }) => isMeant(file, name))
    .sort((a, b) => byBuild(a.file, b.file) || a.algorithm.localeCompare(b.algorithm))
    .at(-1);
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
