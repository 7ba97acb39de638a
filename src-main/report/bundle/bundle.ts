import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { LabError } from '../../contract/lab-error.ts';
import { mostBytes, type PackedFile } from './container.ts';
import type { PackingDifference } from './packing-difference.ts';
import type { PlacedBundle } from './place-reports.ts';

/** The most that is read into memory at once; samples and captures beyond it are read as streams. */
export const mostAtOnce = 256 * 1024 * 1024;

/** A bundle that is read: its list first, contents as they are asked for. Not yet checked against its manifest. */
export interface Bundle {
  /** As it lists them: names may come twice. Folders, and what other programs left, are left out. */
  readonly files: readonly Pick<PackedFile, 'file' | 'bytes' | 'oddity' | 'locked'>[];
  /** Files beside its folder in the same zip, which a reader may take for its own. */
  readonly outside: readonly string[];
  /** How it is packed otherwise than LVS Lab packs. */
  readonly packing: readonly PackingDifference[];
  /** Whole, up to 256 MiB. @throws LabError `not-found`, `bad-input` */
  read(file: string): Promise<Buffer>;
  /** In pieces; what cannot be unpacked is an error of the stream. Its hash is for the caller to check. */
  stream(file: string): Promise<Readable>;
}

/**
 * The bundle of files that were found together. The last of files with one name is the one that is read.
 * @throws LabError `bad-input` where they have more bytes than any report.
 */
export function bundleOf({ files, packing }: PlacedBundle, outside: readonly string[] = []): Bundle {
  const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
  if (bytes > mostBytes)
    throw new LabError('bad-input', `The report's files have more than ${mostBytes} bytes.`);
  const byName = new Map(files.map((each) => [each.file, each]));
  const stream = async (file: string) => {
    const packed = byName.get(file);
    if (!packed) throw new LabError('not-found', `The bundle has no file ${file}.`);
    return packed.open().catch((error: unknown) => {
      throw unreadable(file, error);
    });
  };
  return {
    ...{ files, outside, packing, stream },
    async read(file) {
      const packed = byName.get(file);
      if (!packed) throw new LabError('not-found', `The bundle has no file ${file}.`);
      return readWhole(packed);
    },
  };
}

/** Reads a packed file into memory, up to 256 MiB. @throws LabError `bad-input` */
export async function readWhole(packed: PackedFile): Promise<Buffer> {
  const { file, bytes } = packed;
  if (bytes > mostAtOnce) throw unreadable(file, new Error(`It is larger than ${mostAtOnce} bytes.`));
  try {
    return await buffer(await packed.open());
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): LabError {
  return new LabError('bad-input', `${file} in the bundle cannot be read.`, {
    why: error instanceof Error ? error.message : String(error),
    cause: error,
  });
}
