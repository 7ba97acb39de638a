import { fromBufferPromise, getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { mostBytes, mostFiles, type Container, type PackedFile } from './container.ts';
import { readName, type ReadName } from './file-name.ts';
import { zipWays, type ZipWay } from './packing-difference.ts';

/**
 * Opens a zip by its list of files; contents are read as they are asked for.
 * @param from Its path, or all of its bytes.
 * @throws Error of the file system; where it is no zip; where a name in it is unsafe, or it would unpack into more than
 * any report has.
 */
export async function openZip(from: string | Buffer): Promise<Container> {
  // Names are read by us: yauzl would take those without the mark of UTF-8 for CP437, and knows no `\`.
  const options = { autoClose: false, decodeStrings: false };
  const zip =
    typeof from === 'string' ? await openPromise(from, options) : await fromBufferPromise(from, options);
  try {
    return containerOf(zip, await entriesOf(zip));
  } catch (error) {
    zip.close();
    throw error;
  }
}

interface NamedEntry {
  readonly entry: Entry;
  readonly name: ReadName;
}

async function entriesOf(zip: ZipFile): Promise<NamedEntry[]> {
  const entries: NamedEntry[] = [];
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    entries.push({ entry, name: readName(nameOf(entry)) });
    bytes += entry.uncompressedSize;
    if (entries.length > mostFiles) throw new Error(`It has more than ${mostFiles} files.`);
    // A stream ends in an error where a file has more than its entry says.
    if (bytes > mostBytes) throw new Error(`Its files have more than ${mostBytes} bytes when unpacked.`);
  }
  return entries;
}

/** Bit 11 says that a name is UTF-8 (APPNOTE, appendix D); many programs write UTF-8 without it. */
const utf8Bit = 0x800;

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  if ((generalPurposeBitFlag & utf8Bit) === 0 && !extraFields.some(({ id }) => id === 0x7075)) {
    const utf8 = fileNameRaw.toString('utf8');
    if (!utf8.includes('\ufffd')) return utf8;
  }
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

function containerOf(zip: ZipFile, entries: readonly NamedEntry[]): Container {
  const files = entries.flatMap((each) => fileOf(zip, each));
  const ways = waysOf(entries);
  return {
    ...{ kind: 'zip', files },
    packing: ways.length === 0 ? [] : [{ kind: 'zip', ways }],
    [Symbol.asyncDispose]: () => {
      zip.close();
      return Promise.resolve();
    },
  };
}

/** S_IFMT and S_IFLNK (inode(7)), where Unix programs have them: in the upper half of the attributes. */
const isLink = ({ versionMadeBy, externalFileAttributes }: Entry) =>
  versionMadeBy >> 8 === 3 && ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;

function fileOf(zip: ZipFile, { entry, name: { file, isFolder } }: NamedEntry): PackedFile[] {
  const bytes = entry.uncompressedSize;
  if (isFolder && bytes === 0) return [];
  const oddity = isFolder ? 'folder with content' : isLink(entry) ? 'link' : undefined;
  return [{ file, bytes, oddity, locked: lockOf(entry), open: () => zip.openReadStreamPromise(entry) }];
}

/** Methods that programs offer beside Deflate (APPNOTE 4.4.5). */
const methods: Readonly<Record<number, string>> = {
  ...{ 9: 'Deflate64', 12: 'bzip2', 14: 'LZMA', 93: 'Zstandard', 95: 'XZ', 98: 'PPMd' },
};

function lockOf(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return 'locked by a password';
  if (entry.canDecodeFileData()) return undefined;
  const { compressionMethod: method } = entry;
  return `compressed by ${methods[method] ?? 'a method'} (method ${method})`;
}

/** How it was not written as LVS Lab writes: deflated, all with one time, and names marked as UTF-8. */
function waysOf(entries: readonly NamedEntry[]): ZipWay[] {
  const ways = new Set<ZipWay>(entries.flatMap(({ name }) => name.ways));
  const plain = entries.filter(({ name }) => !name.isFolder).map(({ entry }) => entry);
  if (plain.length < entries.length) ways.add('folder-entries');
  if (plain.some(({ compressionMethod }) => compressionMethod !== 8)) ways.add('compression');
  const times = new Set(plain.map((entry) => entry.lastModFileDate * 0x10000 + entry.lastModFileTime));
  if (times.size > 1) ways.add('times');
  if (plain.some(({ extraFields }) => extraFields.some(({ id }) => id === 0x0001))) ways.add('zip64');
  if (plain.some(({ generalPurposeBitFlag }) => (generalPurposeBitFlag & utf8Bit) === 0))
    ways.add('encoding');
  return zipWays.filter((way) => ways.has(way));
}
