import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import type { Checksum } from '../catalogue/checksum.ts';
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
const ending = new RegExp(`^[._-](?:${hashWord}(?:sums?)?|checksums?|hash(?:es)?)(?:\\.(?:txt|asc))?$`, 'i');
/** How projects call lists of the checksums of many: `SHA256SUMS`, `CHECKSUM`, `Fedora-Cloud-40-CHECKSUM`, `sha256sum.txt.asc`. */
const list = new RegExp(
  `^(?:.*[-_.])?(?:${hashWord}sums?|checksums?)(?:\\.(?:${hashWord}|txt))?(?:\\.asc)?$|^${hashWord}(?:\\.txt)?$`,
  'i',
);

/** Whether a file beside an image is one of its checksums by its name: of it alone, or a list. */
export function kindOfChecksums(name: string, image: string): 'of-image' | 'list' | undefined {
  const after = (base: string) => name.startsWith(base) && ending.test(name.slice(base.length));
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
  const file = parseChecksumFile(text);
  const own = checksumsOf(path.basename(image), file.named);
  const checksums = own.length === 0 && file.named.length === 0 ? file.lone : own;
  return { where, ofImage, checksums, instead: insteadWords(file) };
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
