import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { hashed, type BundleFile } from './attached-files.ts';
import { bundleFiles, bundleVersion, type Manifest } from './layout.ts';

/**
 * Writes files into a zip, one after the other and in pieces, with a manifest of all of them as its last.
 * @param to A new file. It is left half-written when something fails.
 * @param options.at When each is said to have been changed.
 * @returns what the manifest says.
 */
export async function writeZip(
  to: string,
  files: readonly BundleFile[],
  { at, signal }: { readonly at: Date; readonly signal?: AbortSignal | undefined },
): Promise<Manifest> {
  const zip = new ZipFile();
  const manifest: Manifest = { format: 'lvslab-bundle', version: bundleVersion, files: [] };
  const output = new Readable().wrap(zip.outputStream);
  zip.on('error', (error: Error) => output.destroy(error));
  let reading: Readable | undefined;
  output.once('close', () => reading?.destroy());
  const add = (file: string, read: () => AsyncIterable<Uint8Array>) => {
    zip.addReadStreamLazy(file, { mtime: at, mode: 0o100644 }, (give) => {
      const content = Readable.from(read());
      // A pipe does not pass errors on.
      content.on('error', (error) => output.destroy(error));
      reading = content;
      give(null, content);
    });
  };
  for (const { file, read } of files) {
    add(file, () => hashed(file, read(), (done) => manifest.files.push(done)));
  }
  // Asked for once all others have been read.
  add(bundleFiles.manifest, async function* () {
    yield Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  });
  zip.end();
  await pipeline(output, createWriteStream(to, { flags: 'wx' }), { ...(signal && { signal }) });
  return manifest;
}
