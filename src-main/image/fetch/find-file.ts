import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/lab-error.ts';
import { contradiction, isStrong, type NamedChecksum } from '../catalogue/checksum.ts';
import { checksumsOf, chooseFile, pinnedChecksum } from '../catalogue/checksums.ts';
import { buildMark, type ImageSource } from '../catalogue/entry-schema.ts';
import { checksumText, parseChecksumFile } from '../catalogue/parse-checksums.ts';
import { askServer } from './ask-server.ts';
import type { Verified } from './cloud-store.ts';
import { MirrorFailure } from './mirror-failure.ts';
import type { Web } from './web.ts';

/** A file, what it must be, and who says so. */
interface FoundFile {
  readonly checksum: NamedChecksum;
  readonly verified: Verified;
}

/** No list of checksums is longer. */
const maxBytes = 2 ** 20;

/**
 * Finds out which file is meant and what its checksum is: pinned in the catalogue, or in the file of checksums of the
 * first of the folders that gives it.
 * @throws LabError `image-fetch-failed` with what each folder answered; the signal's reason.
 */
export async function findFile(
  source: ImageSource,
  folders: readonly string[],
  web: Web,
  signal: AbortSignal | undefined,
): Promise<FoundFile> {
  const pinned = pinnedChecksum(source);
  if (pinned) return { checksum: pinned, verified: { by: 'pinned' } };
  const complaints: string[] = [];
  for (const folder of folders) {
    const url = folder + (source.checksums ?? '');
    try {
      const text = await persistently(web, signal, () => fetchText(url, web, signal));
      const checksum = checksumIn(text, source.file);
      if (typeof checksum === 'object') return { checksum, verified: { by: 'checksum-file', where: url } };
      complaints.push(`${url}: ${checksum}`);
    } catch (error) {
      if (!(error instanceof MirrorFailure)) throw error;
      complaints.push(`${url}: ${error.message}`);
    }
  }
  throw new LabError('image-fetch-failed', `No checksum was found for ${source.file}.`, {
    why: complaints.join('\n'),
    remedy: fetchRemedy,
  });
}

/** The checksum that a list has of a file, or what is wrong with the list. */
function checksumIn(text: string, name: string): NamedChecksum | string {
  const { named, lone } = parseChecksumFile(text);
  const only = lone.find(isStrong);
  // A list of one file, such as NAME.sha256, may leave the name out.
  if (named.length === 0 && only && !name.includes(buildMark)) return { ...only, file: name };
  const chosen = chooseFile(name, named);
  if (!chosen) return `it names no file ${name}`;
  return contradiction(checksumsOf(chosen.file, named)) ? `it has two checksums of ${chosen.file}` : chosen;
}

/** What helps when no mirror gives a file. */
export const fetchRemedy =
  'See that these addresses can be reached. A proxy or mirrors are set in fetch.yaml (docs/images.md); a file fetched ' +
  "elsewhere comes in with 'lvslab image import'.";

async function persistently<T>(
  { tries, pauseMs }: Web,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MirrorFailure) || !error.again || failures >= tries) throw error;
      await sleep(pauseMs * 2 ** (failures - 1), undefined, { signal });
    }
  }
}

async function fetchText(url: string, web: Web, signal: AbortSignal | undefined): Promise<string> {
  const answer = await askServer({ url, accept: [200], web, signal });
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of answer.pieces()) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new MirrorFailure('it is no list of checksums: too long', { again: false });
    pieces.push(piece);
  }
  return checksumText(Buffer.concat(pieces));
}
