import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { LabError } from '../../contract/lab-error.ts';

/** The most that is read into memory at once; samples and captures beyond it are read as streams. */
const mostAtOnce = 256 * 1024 * 1024;
/** Of files in one zip, and of bytes in all of them: far beyond any lab's, and what can be read in minutes. */
const mostFiles = 100_000;
const mostBytes = 8 * 1024 * 1024 * 1024;

/** A zip that is read: its list first, contents as they are asked for. Not yet checked against its manifest. */
export interface Bundle extends AsyncDisposable {
  /** As the zip lists them: names may come twice. Folders are left out. */
  readonly files: readonly { readonly file: string; readonly bytes: number }[];
  /** Whole, up to 256 MiB. @throws LabError `not-found`, `bad-input` */
  read(file: string): Promise<Buffer>;
  /** In pieces; what cannot be unpacked is an error of the stream. Its hash is for the caller to check. */
  stream(file: string): Promise<Readable>;
}

/**
 * Opens a bundle. The last of files with one name is the one that is read.
 * @throws LabError `bad-input` when it is no zip, or one with unsafe names; `not-found`.
 */
export async function readBundle(file: string): Promise<Bundle> {
  const zip = await openZip(file);
  try {
    return bundleOf(zip, await entriesOf(zip));
  } catch (error) {
    zip.close();
    throw noBundle(file, error);
  }
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { autoClose: false, strictFileNames: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw noBundle(file, error);
    throw new LabError('not-found', `There is no file ${file}.`, { cause: error });
  }
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    bytes += entry.uncompressedSize;
    if (entries.length > mostFiles) throw new Error(`It has more than ${mostFiles} files.`);
    // A stream ends in an error where a file has more than its entry says.
    if (bytes > mostBytes) throw new Error(`Its files have more than ${mostBytes} bytes when unpacked.`);
  }
  return entries.filter(({ fileName }) => !fileName.endsWith('/'));
}

function bundleOf(zip: ZipFile, entries: readonly Entry[]): Bundle {
  const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
  const stream = async (file: string) => {
    const entry = byName.get(file);
    if (!entry) throw new LabError('not-found', `The bundle has no file ${file}.`);
    return zip.openReadStreamPromise(entry).catch((error: unknown) => {
      throw unreadable(file, error);
    });
  };
  return {
    files: entries.map(({ fileName, uncompressedSize }) => ({ file: fileName, bytes: uncompressedSize })),
    stream,
    async read(file) {
      if ((byName.get(file)?.uncompressedSize ?? 0) > mostAtOnce) {
        throw unreadable(file, new Error(`It is larger than ${mostAtOnce} bytes.`));
      }
      const content = await stream(file);
      return buffer(content).catch((error: unknown) => {
        throw unreadable(file, error);
      });
    },
    [Symbol.asyncDispose]: () => {
      zip.close();
      return Promise.resolve();
    },
  };
}

function unreadable(file: string, error: unknown): LabError {
  return new LabError('bad-input', `${file} in the bundle cannot be read.`, {
    why: words(error),
    cause: error,
  });
}

function noBundle(file: string, error: unknown): LabError {
  return new LabError('bad-input', `${file} is no bundle of LVS Lab.`, {
    why: words(error),
    remedy: "Name a .zip file that 'lvslab report --format bundle' wrote.",
    cause: error,
  });
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
