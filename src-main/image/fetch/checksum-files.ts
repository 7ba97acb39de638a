import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import type { Checksum, NamedChecksum } from '../catalogue/checksum.ts';
import { checksumsOf } from '../catalogue/checksums.ts';
import { checksumText, parseChecksumFile, type ChecksumFile } from '../catalogue/parse-checksums.ts';

/** A file of checksums, and what it says of one image. */
export interface ChecksumsOfImage {
  /** Its absolute path. */
  readonly where: string;
  /** It is called after the image, so that it can be of no other. */
  readonly ofImage: boolean;
  /** None where it does not name the image. */
  readonly checksums: readonly Checksum[];
  /** Why it has none, in words: `names other.qcow2`. */
  readonly instead: string;
}

/** No list of checksums is longer. */
const mostBytes = 2 ** 20;

const hashWord = String.raw`(?:sha-?(?:1|224|256|384|512)|md5|blake2b?|b2)`;
/** What follows an image's name in that of a file of its checksum: `.sha256`, `.SHA256SUM`, `.CHECKSUM`, `.md5.txt`. */
const ending = new RegExp(
  `^[._-](?:${hashWord}(?:sums?)?|checksums?|hash(?:es)?|digests?)(?:\\.(?:txt|asc))?$`,
  'i',
);
/**
 * How projects call lists of the checksums of many: `SHA256SUMS`, `CHECKSUM`, `Fedora-Cloud-40-CHECKSUM`,
 * `sha256sum.txt.asc`, `CHECKSUM.SHA512-FreeBSD-14.1`, `SHASUMS256.txt`, `DIGESTS`.
 */
const list = new RegExp(
  [
    `^(?:.*[-_.])?(?:${hashWord}sums?|checksums?|digests?)(?:\\.(?:${hashWord}|txt))?(?:\\.asc)?$`,
    `^${hashWord}(?:\\.txt)?$`,
    `^checksums?\\.${hashWord}-`,
    `^shasums?\\d*(?:\\.txt)?(?:\\.asc)?$`,
  ].join('|'),
  'i',
);

/** A browser puts a number behind what it has fetched before: `mine.qcow2.sha256 (1)`, `SHA256SUMS (1).txt`. */
function withoutCount(name: string): string {
  return name.replace(/ \(\d+\)(?=(?:\.\w+)?$)/, '');
}

/** Whether a file beside an image is one of its checksums by its name: of it alone, or a list. */
export function kindOfChecksums(given: string, image: string): 'of-image' | 'list' | undefined {
  const name = withoutCount(given);
  const after = (base: string) =>
    name.toLowerCase().startsWith(base.toLowerCase()) && ending.test(name.slice(base.length));
  if (after(image)) return 'of-image';
  // `mine.sha256` may be of mine.raw as well as of mine.qcow2.
  if (after(path.parse(image).name)) return 'list';
  // NAME.sha256 of another image is none of this one's business.
  if (/\.(?:qcow2|img|raw|iso|vhdx?|vmdk|xz|gz|zip|ova|box)[._-]/i.test(name)) return undefined;
  return list.test(name) ? 'list' : undefined;
}

/**
 * Reads the files of checksums that lie beside an image.
 * @param also What the catalogue calls the list of this image.
 * @throws LabError `bad-input` for one that cannot be read.
 */
export async function readChecksumsBeside(image: string, also?: string): Promise<ChecksumsOfImage[]> {
  const folder = path.dirname(path.resolve(image));
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const kinds = found
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ name }) => ({
      name,
      kind: name === also ? ('list' as const) : kindOfChecksums(name, path.basename(image)),
    }))
    .filter(({ name, kind }) => kind !== undefined && name !== path.basename(image))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const read = await Promise.all(
    kinds.map(({ name, kind }) => readOne(path.join(folder, name), image, kind === 'of-image')),
  );
  return read.filter((each) => each !== undefined);
}

/** Reads the file of checksums that a user names. @throws LabError `not-found`; `bad-input` where it does not name the image. */
export async function readChecksumsNamed(where: string, image: string): Promise<ChecksumsOfImage> {
  if (!(await stat(where).catch(() => undefined))?.isFile())
    throw new LabError('not-found', `There is no file ${where}.`, {
      remedy: 'Name the file of checksums that came with the image.',
    });
  const name = path.basename(image);
  const ofImage = kindOfChecksums(path.basename(where), name) === 'of-image';
  const read = await readOne(path.resolve(where), image, ofImage);
  if (read && read.checksums.length > 0) return read;
  throw new LabError('bad-input', `${where} names no file ${name}.`, {
    why: `It ${read?.instead ?? 'is a signature alone, and has no checksum'}.`,
    remedy: 'Name the file of checksums that came with the image, or call the image as it is called there.',
  });
}

/** @returns undefined for a signature, which has no checksums. */
async function readOne(
  where: string,
  image: string,
  ofImage: boolean,
): Promise<ChecksumsOfImage | undefined> {
  const bytes = await readSmall(where);
  const text = checksumText(bytes);
  if (/^\s*-----BEGIN PGP SIGNATURE-----/.test(text)) return undefined;
  const file = parseChecksumFile(text, isOfB2sum(where) ? 'blake2b512' : 'sha512');
  const own = checksumsOf(path.basename(image), nearest(file.named, where, image));
  const checksums = own.length === 0 && file.named.length === 0 ? file.lone : own;
  return { where, ofImage, checksums, instead: insteadWords(file) };
}

/** `mine.qcow2.b2`, `B2SUMS`, `mine.qcow2.blake2b`. */
function isOfB2sum(where: string): boolean {
  return /(?:^|[._-])(?:b2|blake2b?)(?:sums?)?(?:\.|$)/i.test(withoutCount(path.basename(where)));
}

/** Of several files of one name in a list, the one that lies where the image does, as sha256sum(1) reads it. */
function nearest(named: readonly NamedChecksum[], where: string, image: string): readonly NamedChecksum[] {
  const own = path.relative(path.dirname(where), path.resolve(image));
  const there = named.filter(({ file }) => path.normalize(file) === own);
  return there.length > 0 ? there : named;
}

async function readSmall(where: string): Promise<Buffer> {
  try {
    const { size } = await stat(where);
    if (size > mostBytes) throw new Error(`It has ${size} bytes, and no list of checksums is that long.`);
    return await readFile(where);
  } catch (cause) {
    throw new LabError('bad-input', `The file of checksums ${where} cannot be read.`, {
      why: cause instanceof Error ? cause.message : String(cause),
      remedy: 'Make it readable, or move it elsewhere when it is none of this image.',
      cause,
    });
  }
}

const mostNamed = 5;

function insteadWords({ named }: ChecksumFile): string {
  const names = [...new Set(named.map(({ file }) => file))];
  if (names.length === 0) return 'has no checksum that can be read';
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `is for ${names.slice(0, mostNamed).join(', ')}${more}`;
}
