import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile, type Options } from 'yazl';
import type { Files } from './bundle-files.ts';

/** How another program packs. */
export interface Packing {
  readonly name?: (file: string) => string;
  readonly options?: Partial<Options>;
  readonly more?: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly bytes?: (zip: Buffer) => Buffer;
  readonly files?: Iterable<readonly [string, Buffer]>;
}

/** Packs files as other programs do. */
export async function packAs(
  to: string,
  untouched: Files,
  { name = (file) => file, options, more = {}, folders = [], bytes, files }: Packing = {},
) {
  const zip = new ZipFile();
  for (const folder of folders) zip.addEmptyDirectory(folder);
  for (const [file, content] of files ?? untouched) zip.addBuffer(content, name(file), options);
  for (const [file, content] of Object.entries(more)) zip.addBuffer(Buffer.from(content), file);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(to));
  if (bytes) writeFileSync(to, bytes(readFileSync(to)));
  return to;
}
