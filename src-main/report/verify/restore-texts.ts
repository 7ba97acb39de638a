import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { mostAtOnce, type Bundle } from '../bundle/bundle.ts';
import type { Attachment } from '../model/report.ts';
import type { Contents } from './check-manifest.ts';
import type { Ledger } from './ledger.ts';
import { textOf, undoTextChange } from './text-change.ts';

/** A bundle whose texts are as they were before a program changed their line ends, and what is in it then. */
export interface Restored {
  readonly bundle: Bundle;
  readonly contents: Contents;
}

/**
 * Finds texts whose bytes another program changed as it copied them, and says so once for each. All else is then told of
 * the text as it was: a report of a thousand lines would otherwise differ in every one.
 * @param listed What the manifest says.
 */
export async function restoreTexts(
  ledger: Ledger,
  bundle: Bundle,
  contents: Contents,
  listed: Contents,
): Promise<Restored> {
  const restored = new Map<string, Buffer>();
  for (const { file, bytes, sha256 } of listed.values()) {
    const real = contents.get(file);
    if (!real || real.sha256 === sha256 || real.bytes > mostAtOnce || file.endsWith('.pcapng')) continue;
    const found = await bundle.read(file);
    const undone = undoneOf(found, (candidate) => candidate.length === bytes && hashOf(candidate) === sha256);
    if (!undone) continue;
    restored.set(file, undone.bytes);
    const expected = 'the bytes that LVS Lab wrote';
    ledger.find({
      file,
      what: 'its bytes, against the manifest',
      expected,
      found: `the same text with ${undone.words}`,
    });
  }
  return restored.size === 0 ? { bundle, contents } : withRestored({ bundle, contents }, restored);
}

function undoneOf(found: Buffer, isRight: (bytes: Buffer) => boolean) {
  const { text, coded } = textOf(found);
  const undone = undoTextChange(text, (candidate) => isRight(Buffer.from(candidate)));
  if (!undone) return undefined;
  return { words: undone.words + coded, bytes: Buffer.from(undone.text) };
}

function withRestored({ bundle, contents }: Restored, restored: ReadonlyMap<string, Buffer>): Restored {
  const before = (file: string, bytes: Buffer): Attachment => ({
    file,
    bytes: bytes.length,
    sha256: hashOf(bytes),
  });
  return {
    bundle: {
      ...bundle,
      read: async (file) => restored.get(file) ?? bundle.read(file),
      stream: async (file) => {
        const bytes = restored.get(file);
        return bytes ? Readable.from([bytes]) : bundle.stream(file);
      },
    },
    contents: new Map(
      [...contents].map(([file, real]) => {
        const bytes = restored.get(file);
        return [file, bytes ? before(file, bytes) : real];
      }),
    ),
  };
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
