import type { Readable } from 'node:stream';
import type { PackingDifference } from './packing-difference.ts';

/** No report is near these: of files in one container, and of bytes in all of them. */
export const mostFiles = 100_000;
export const mostBytes = 8 * 1024 * 1024 * 1024;

/** A file of a zip or of a folder. */
export interface PackedFile {
  /** As it is read: with slashes, and without `.` and empty parts. */
  readonly file: string;
  /** When unpacked. */
  readonly bytes: number;
  /** It is no plain file with a content: a link, or a folder that has bytes. */
  readonly oddity?: 'link' | 'folder with content' | undefined;
  /** Why its content cannot be unpacked here, though it may be right: `compressed by method 14`. */
  readonly locked?: string | undefined;
  /** Where it lies by itself: of a folder's files. */
  readonly path?: string | undefined;
  /** In pieces; what cannot be unpacked is an error of the stream. */
  readonly open: () => Promise<Readable>;
}

/** What files lie in: a zip, or a folder. Leftovers of other programs are among them; folders are not. */
export interface Container extends AsyncDisposable {
  readonly kind: 'zip' | 'folder';
  /** Of a zip in its order; a name may come twice. */
  readonly files: readonly PackedFile[];
  /** How its packing differs from that of LVS Lab. */
  readonly packing: readonly PackingDifference[];
}
