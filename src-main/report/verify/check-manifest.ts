import { createHash } from 'node:crypto';
import type { Bundle } from '../bundle/bundle.ts';
import { bundleFiles, bundleVersion, manifestSchema } from '../bundle/layout.ts';
import type { Attachment, Report } from '../model/report.ts';
import { attempt } from './attempt.ts';
import type { Ledger } from './ledger.ts';
import { textOf, undoTextChange } from './text-change.ts';

/** What the files of a bundle really are, by name. */
export type Contents = ReadonlyMap<string, Attachment>;

/** Reads every file of a bundle once, in pieces. What cannot be unpacked is found, and what is no plain file. */
export async function readContents(ledger: Ledger, bundle: Bundle): Promise<Contents> {
  const contents = new Map<string, Attachment>();
  for (const { file, oddity } of bundle.files) {
    if (contents.has(file)) {
      const found = 'the name twice: programs differ in which of the two they show';
      ledger.find({ file, what: 'the list of the zip', expected: 'one file of this name', found });
      continue;
    }
    if (oddity) {
      const found = `a ${oddity}: programs differ in what they make of it`;
      ledger.find({ file, what: 'the file', expected: 'a plain file', found });
      continue;
    }
    const attachment = await attempt(ledger, file, () => hashOf(bundle, file));
    if (attachment) contents.set(file, attachment);
  }
  for (const file of bundle.outside)
    ledger.find({
      file,
      what: 'the file',
      expected: 'nothing beside the report',
      found: 'a file that was added',
    });
  return contents;
}

async function hashOf(bundle: Bundle, file: string): Promise<Attachment> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of await bundle.stream(file)) {
    const data = piece as Buffer;
    hash.update(data);
    bytes += data.length;
  }
  return { file, bytes, sha256: hash.digest('hex') };
}

/** What a manifest says: of a newer format only that it is; nothing where it cannot be read. */
export interface ReadManifest {
  /** The version of its format where that is newer than ours. */
  readonly newer?: number | undefined;
  readonly listed?: Contents | undefined;
}

/** Reads the manifest of a bundle. What is wrong with the file itself is found. */
export async function readManifest(
  ledger: Ledger,
  bundle: Bundle,
  contents: Contents,
): Promise<ReadManifest> {
  const { manifest: file } = bundleFiles;
  if (!contents.has(file)) {
    ledger.find({ file, what: 'the file', expected: 'in the bundle', found: 'missing' });
    return {};
  }
  const read = await attempt(ledger, file, async () => textOf(await bundle.read(file)));
  if (read === undefined) return {};
  const { text } = read;
  const value = await attempt(ledger, file, () => JSON.parse(text.replace(/^\ufeff/, '')) as unknown);
  if (value === undefined) return {};
  const newer = newerVersion(value);
  if (newer !== undefined) return { newer };
  const { data, error } = manifestSchema.safeParse(value);
  if (!data) {
    for (const { path, message } of error.issues)
      ledger.find({ file, what: path.join(', ') || 'all of it', expected: message, found: null });
    return {};
  }
  checkBytes(ledger, read, `${JSON.stringify(data, null, 2)}\n`);
  if (new Set(data.files.map((each) => each.file)).size < data.files.length)
    ledger.find({ file, what: 'its list', expected: 'every file once', found: 'a file twice' });
  return { listed: new Map(data.files.map((each) => [each.file, each])) };
}

/** The manifest has no checksum of its own: it is held against what LVS Lab writes of the same list. */
function checkBytes(ledger: Ledger, found: ReturnType<typeof textOf>, expected: string): void {
  if (found.text === expected) return;
  const undone = undoTextChange(found.text, (text) => text === expected);
  ledger.find({
    ...{ file: bundleFiles.manifest, what: 'its bytes', expected: 'the bytes that LVS Lab wrote' },
    found: undone ? `the same text with ${undone.words}${found.coded}` : 'the same list, written otherwise',
  });
}

/** Holds what the manifest lists against what is in the bundle. */
export function checkManifest(ledger: Ledger, listed: Contents, contents: Contents): void {
  compareLists(ledger, listed, contents);
  ledger.note(`Size and SHA-256 of every file were held against the manifest: ${listed.size} files.`);
}

function newerVersion(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  return typeof value.version === 'number' && value.version > bundleVersion ? value.version : undefined;
}

function compareLists(ledger: Ledger, listed: Contents, contents: Contents): void {
  for (const [file, { bytes, sha256 }] of listed) {
    const real = contents.get(file);
    if (!real) ledger.find({ file, what: 'the file', expected: 'in the bundle', found: 'missing' });
    else if (real.sha256 !== sha256 || real.bytes !== bytes)
      ledger.find({
        ...{ file, what: 'its content, against the manifest' },
        expected: `SHA-256 ${sha256}, ${bytes} bytes`,
        found: `SHA-256 ${real.sha256}, ${real.bytes} bytes`,
      });
  }
  for (const file of contents.keys()) {
    if (listed.has(file) || file === bundleFiles.manifest) continue;
    ledger.find({ file, what: 'the file', expected: 'in the manifest', found: 'a file that was added' });
  }
}

/** Holds the names of a bundle's files against those that a report has. */
export function checkNames(ledger: Ledger, { lab }: Pick<Report, 'lab'>, contents: Contents): void {
  const own: readonly string[] = Object.values(bundleFiles);
  for (const file of own) {
    if (contents.has(file) || file === bundleFiles.manifest) continue;
    ledger.find({ file, what: 'the file', expected: 'in the bundle', found: 'missing' });
  }
  for (const file of contents.keys()) {
    if (own.includes(file) || isOfMeasurement(file) || isScript(file, lab.modes)) continue;
    const expected = 'nothing: no report has such a file';
    ledger.find({ file, what: 'the file', expected, found: 'a file that was added' });
  }
}

function isOfMeasurement(file: string): boolean {
  return /^(runs|captures|evidence)\/[^/]+$/.test(file);
}

function isScript(file: string, modes: Report['lab']['modes']): boolean {
  const [folder, mode = '', ...rest] = file.split('/');
  return folder === 'scripts' && rest.length > 0 && Object.hasOwn(modes, mode);
}

/** Holds what a report says it was computed from against what is in the bundle. */
export function checkAttachments(
  ledger: Ledger,
  attachments: readonly Attachment[],
  contents: Contents,
): void {
  const file = bundleFiles.json;
  for (const { file: name, bytes, sha256 } of attachments) {
    const real = contents.get(name);
    if (!real)
      ledger.find({
        file: name,
        what: 'the file',
        expected: 'in the bundle, as report.json has it',
        found: 'missing',
      });
    else if (real.sha256 !== sha256 || real.bytes !== bytes)
      ledger.find({
        ...{ file, what: `attachments, file ${name}, against the file` },
        expected: `SHA-256 ${real.sha256}, ${real.bytes} bytes`,
        found: `SHA-256 ${sha256}, ${bytes} bytes`,
      });
  }
  const listed = new Set(attachments.map((each) => each.file));
  for (const name of contents.keys()) {
    if (!isOfMeasurement(name) || listed.has(name)) continue;
    ledger.find({
      file: name,
      what: 'the file',
      expected: 'among the attachments of report.json',
      found: 'missing there',
    });
  }
}
