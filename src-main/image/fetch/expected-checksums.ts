import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import { byStrength, contradiction, isStrong, type Algorithm, type Checksum } from '../catalogue/checksum.ts';
import { pinnedChecksum } from '../catalogue/checksums.ts';
import type { CatalogueEntry } from '../catalogue/entry-schema.ts';
import { readChecksumsBeside, readChecksumsNamed, type ChecksumsOfImage } from './checksum-files.ts';
import type { CloudRecord, Verified } from './cloud-store.ts';

/** A file that is imported, as far as its checksum goes. */
export interface ChecksumOrder {
  /** The disk image, qcow2 or raw, which stays as it is. */
  readonly file: string;
  /** The entry it is to be kept under: of the catalogue, or a new one of the user's own. */
  readonly entry: CatalogueEntry;
  /** Whether the file claims to be the very one that the entry names: then it is not taken in without proof. */
  readonly itself: boolean;
  /** What the user says the file's checksum is. */
  readonly checksum?: Checksum | undefined;
  /** A file of checksums that names it; those that lie beside the file are read in any case. */
  readonly checksums?: string | undefined;
  /** Whether it is kept without proof where the files of checksums beside it do not name it. */
  readonly anyway?: boolean | undefined;
}

/** A checksum that a file is to have, and who says so. */
interface ExpectedChecksum extends Checksum {
  readonly verified: Verified;
  /** Who says so, in words. */
  readonly who: string;
}

/** All that is said of a file that is imported. */
export interface Expected {
  /** The most telling one last. */
  readonly checksums: readonly ExpectedChecksum[];
  /** Files of checksums beside it that have none of it. */
  readonly passedOver: readonly string[];
  /** Those of them that are called after it. */
  readonly passedOverOwn: readonly string[];
}

/**
 * Finds every checksum that somebody says a file has: the user, the catalogue, the files of checksums beside it.
 * @throws LabError `bad-input` where two of them cannot both be; where only checksums of other files lie there and nobody
 * said to go on; where it is to be an image of the catalogue, and nothing can prove that.
 */
export async function findExpected(order: ChecksumOrder): Promise<Expected> {
  const { checksum, checksums: named, entry, itself, file } = order;
  const pinned = itself && entry.source ? pinnedChecksum(entry.source) : undefined;
  const lists = [
    ...(named === undefined ? [] : [await readChecksumsNamed(named, file)]),
    ...(await readChecksumsBeside(file, entry.source?.checksums)),
  ].filter(({ where }, index, all) => all.findIndex((each) => each.where === where) === index);
  const checksums: ExpectedChecksum[] = [
    ...lists.flatMap(ofList).sort(byStrength),
    ...(pinned ? [{ ...pinned, verified: { by: 'pinned' } as const, who: 'the catalogue' }] : []),
    ...(checksum ? [{ ...checksum, verified: { by: 'user' } as const, who: '--sha256' }] : []),
  ];
  const contrary = contradiction(checksums);
  if (contrary) throw disagreement(file, contrary);
  if (itself) demandProof(order, lists, checksums);
  demandNamed(order, lists, checksums);
  const silent = lists.filter((each) => each.checksums.length === 0);
  const [passedOver, passedOverOwn] = [silent, silent.filter(({ ofImage }) => ofImage)].map((each) =>
    each.map(({ where }) => where),
  ) as [string[], string[]];
  return { checksums, passedOver, passedOverOwn };
}

function ofList({ where, checksums }: ChecksumsOfImage): ExpectedChecksum[] {
  return checksums.map((each) => ({ ...each, verified: { by: 'checksum-file', where }, who: where }));
}

/** A list that has no checksum of the image is not passed over in silence. */
function demandNamed(
  { file, anyway = false, checksum, checksums }: ChecksumOrder,
  lists: readonly ChecksumsOfImage[],
  found: readonly Checksum[],
): void {
  const silent = lists.filter(({ checksums }) => checksums.length === 0);
  const blocking = found.length === 0 ? silent : silent.filter(({ ofImage }) => ofImage);
  const [first] = blocking;
  // What the user says of it outweighs that a file beside it is of another.
  const isProved = found.some(isStrong) && (checksum ?? checksums) !== undefined;
  if (!first || anyway || isProved) return;
  const name = path.basename(file);
  throw new LabError('bad-input', `${path.basename(first.where)} beside it has no checksum of ${name}.`, {
    why: blocking.map(({ where, instead }) => `${where} ${instead}.`).join('\n'),
    remedy:
      'Call the image as it is called there, name the right file with --checksums, say --sha256, or go on without ' +
      'proof by --anyway.',
  });
}

function demandProof(
  { file, entry }: ChecksumOrder,
  lists: readonly ChecksumsOfImage[],
  found: readonly Checksum[],
): void {
  if (found.some(isStrong)) return;
  const weak = found.map(({ algorithm }) => algorithm.toUpperCase()).join(', ');
  throw new LabError('bad-input', `Nothing says what the checksum of ${path.basename(file)} is.`, {
    why: [
      `It is to be ${entry.title}, and what cannot be verified is not taken for that.`,
      ...(weak === '' ? [] : [`There is ${weak} alone, by which a file that somebody made passes too.`]),
      ...lists
        .filter(({ checksums }) => checksums.length === 0)
        .map(({ where, instead }) => `${where} ${instead}.`),
    ].join('\n'),
    remedy: `Put the file of checksums beside it (${entry.source?.checksums ?? 'CHECKSUM, SHA256SUMS, SHA512SUMS'}), name one with --checksums, or say --sha256.`,
  });
}

function disagreement(file: string, [one, other]: readonly [ExpectedChecksum, ExpectedChecksum]): LabError {
  return new LabError('bad-input', `The checksums of ${path.basename(file)} disagree; it was not kept.`, {
    why: [one, other].map(({ who, algorithm, digest }) => `${who}: ${algorithm} ${digest}`).join('\n'),
    remedy: 'Take away the one that is not of this image, and see where the other is from.',
  });
}

/**
 * Holds the checksums that a file has against those that it is to have.
 * @returns what the image's record says of them.
 * @throws LabError `bad-input` where one is another.
 */
export function judgeDigests(
  file: string,
  { checksums, passedOver, passedOverOwn }: Expected,
  digests: ReadonlyMap<Algorithm, string>,
): Pick<CloudRecord, 'algorithm' | 'digest' | 'verified'> {
  const wrong = checksums.filter(({ algorithm, digest }) => digests.get(algorithm) !== digest);
  const right = checksums.filter((each) => !wrong.includes(each));
  if (wrong.length > 0) throw anotherFile(file, wrong, right, digests);
  const best = right.at(-1);
  if (best) {
    const besides = passedOverOwn.length > 0 ? { passedOver: [...passedOverOwn] } : {};
    const { algorithm, digest } = best;
    // The catalogue's own word needs no other.
    const verified = best.verified.by === 'pinned' ? best.verified : { ...best.verified, ...besides };
    return { algorithm, digest, verified };
  }
  const verified = { by: 'nothing', ...(passedOver.length > 0 && { passedOver: [...passedOver] }) } as const;
  return { algorithm: 'sha256', digest: digests.get('sha256') ?? '', verified };
}

function anotherFile(
  file: string,
  wrong: readonly ExpectedChecksum[],
  right: readonly ExpectedChecksum[],
  digests: ReadonlyMap<Algorithm, string>,
): LabError {
  const shouldBe = wrong.map(
    ({ algorithm, digest, who }) =>
      `${algorithm} is ${digests.get(algorithm) ?? ''}, and should be ${digest} by ${who}.`,
  );
  if (right.length === 0) {
    return new LabError('bad-input', `${file} is another file than its checksum says; it was not kept.`, {
      why: shouldBe.join('\n'),
      remedy: 'Fetch the file again, or look whether the checksum belongs to it.',
    });
  }
  const agree = right.map(({ algorithm, who }) => `${algorithm} is as ${who} says.`);
  return new LabError('bad-input', `The checksums of ${path.basename(file)} disagree; it was not kept.`, {
    why: [...shouldBe, ...agree].join('\n'),
    remedy: 'Take away the one that is not of this image, and see where the other is from.',
  });
}
