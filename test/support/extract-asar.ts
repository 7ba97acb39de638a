import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** https://github.com/electron/asar#format */
interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly size?: number;
  /** Bytes from the end of the header; absent of what lies beside the archive. */
  readonly offset?: string;
  readonly unpacked?: boolean;
}

/**
 * Writes an archive's files to a folder, and those beside it, so that a plain Node can run them.
 * @returns Their paths in the archive.
 */
export function extractAsar(archive: string, folder: string): string[] {
  const bytes = readFileSync(archive);
  const start = 8 + bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
  const names: string[] = [];
  const walk = (entry: Entry, name: string) => {
    if (entry.files) {
      mkdirSync(path.join(folder, name), { recursive: true });
      for (const [child, inner] of Object.entries(entry.files)) walk(inner, path.join(name, child));
      return;
    }
    const from = start + Number(entry.offset);
    const content = entry.unpacked
      ? readFileSync(path.join(`${archive}.unpacked`, name))
      : bytes.subarray(from, from + (entry.size ?? 0));
    writeFileSync(path.join(folder, name), content);
    names.push(name);
  };
  walk(header, '');
  return names;
}
