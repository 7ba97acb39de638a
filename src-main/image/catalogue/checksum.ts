/** Hashes that checksum files have, the weakest first. */
export const algorithms = ['md5', 'sha1', 'sha224', 'blake2b512', 'sha256', 'sha384', 'sha512'] as const;
export type Algorithm = (typeof algorithms)[number];

/** Whether a hash also shows that nobody made another file with the same one: of MD5 and SHA-1 that can be done. */
export function isStrong({ algorithm }: Pick<Checksum, 'algorithm'>): boolean {
  return algorithm !== 'md5' && algorithm !== 'sha1';
}

/** The checksum of one file. */
export interface Checksum {
  readonly algorithm: Algorithm;
  /** Small hexadecimal digits. */
  readonly digest: string;
}

/** A file and what it must be. */
export interface NamedChecksum extends Checksum {
  /** As the file of checksums has it, perhaps with folders before it. */
  readonly file: string;
}

/** The weakest first. */
export function byStrength(a: Checksum, b: Checksum): number {
  return algorithms.indexOf(a.algorithm) - algorithms.indexOf(b.algorithm);
}

/** Two of these checksums that say of one file and one hash what cannot both be. */
export function contradiction<Item extends Checksum>(
  checksums: readonly Item[],
): readonly [Item, Item] | undefined {
  for (const one of checksums) {
    const other = checksums.find(
      ({ algorithm, digest }) => algorithm === one.algorithm && digest !== one.digest,
    );
    if (other) return [one, other];
  }
  return undefined;
}

/** A name without its folders, those of Windows too. */
export function baseName(file: string): string {
  return file.replace(/^.*[/\\]/, '');
}
