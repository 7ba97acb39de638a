import { LabError } from '../../contract/lab-error.ts';
import type { OnProgress } from '../../contract/progress.ts';
import type { Checksum } from '../catalogue/checksum.ts';
import type { CatalogueEntry } from '../catalogue/entry-schema.ts';
import { withMirrors, type FetchSettings } from '../catalogue/fetch-settings.ts';
import {
  cloudImageFolder,
  keepCloudImage,
  makeCloudImageFolder,
  readCloudImage,
  type CloudImage,
} from './cloud-store.ts';
import { digestOf } from './digest.ts';
import { download, type Download } from './download.ts';
import { fetchRemedy, findFile } from './find-file.ts';
import { imageStep } from './image-step.ts';
import { inspectDisk } from './inspect-disk.ts';
import { defaultLimits, type FetchLimits } from './limits.ts';
import { MirrorFailure } from './mirror-failure.ts';
import { discardPart, forgetPart, openPart, partPath } from './part-file.ts';
import { createRate } from './rate.ts';
import { withImageLock } from './with-image-lock.ts';
import { openWeb, type Web } from './web.ts';

interface FetchOrder {
  readonly dataFolder: string;
  readonly entry: CatalogueEntry;
  readonly settings: FetchSettings;
  readonly limits?: FetchLimits;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches an image that the catalogue names, goes on with what an earlier fetch left, verifies it and keeps it. One that
 * is here already is not fetched again.
 * @throws LabError `bad-input` where the entry is a file of the user's own or what came is no whole disk,
 * `image-fetch-failed` when no mirror gives the right file, `no-space`, `cancelled`: what came of it stays for the next
 * fetch, without the image's name.
 */
export async function fetchImage(order: FetchOrder): Promise<CloudImage> {
  const { dataFolder, entry } = order;
  return withImageLock(cloudImageFolder(dataFolder, entry.name), order, async () => {
    const known = await readCloudImage(dataFolder, entry.name);
    if (known) return known;
    await fetchAndKeep(order);
    const image = await readCloudImage(dataFolder, entry.name);
    if (!image) throw new Error(`What was kept of ${entry.name} is not whole.`);
    return image;
  });
}

async function fetchAndKeep(order: FetchOrder): Promise<void> {
  const { dataFolder, entry, settings, limits = defaultLimits, signal } = order;
  const { name, title, format, source } = entry;
  if (!source) {
    throw new LabError(
      'bad-input',
      `${title} is a file of your own: the catalogue names no place to fetch it.`,
      {
        remedy: `Bring it in with: lvslab image import FILE --as ${name}`,
      },
    );
  }
  const web = openWeb(settings, limits);
  const folders = withMirrors(source.folders, settings.mirrors);
  const { checksum, verified } = await imageStep(
    { step: 'image.find', title: `Finding the checksum of ${title}` },
    order,
    () => findFile(source, folders, web, signal),
  );
  const { file, algorithm, digest } = checksum;
  const folder = await makeCloudImageFolder(dataFolder, name);
  const urls = folders.map((each) => each + file);
  const from = await fetchVerified({ ...order, web }, { folder, urls, checksum, bytes: source.bytes });
  const part = partPath(folder);
  const virtualBytes = await inspectDisk(part, format, signal).catch(async (error: unknown) => {
    if (!signal?.aborted) await discardPart(folder);
    throw error;
  });
  const addedAt = new Date().toISOString();
  await keepCloudImage(folder, part, {
    ...{ name, format, file, from, algorithm, digest, verified, virtualBytes, addedAt },
  });
  await forgetPart(part);
}

interface Target {
  readonly folder: string;
  readonly urls: readonly string[];
  readonly checksum: Checksum;
  readonly bytes: number | undefined;
}

/** Tries one mirror after the other until the part is the right file. @returns the address that gave it */
async function fetchVerified(order: FetchOrder & { web: Web }, target: Target): Promise<string> {
  const complaints: string[] = [];
  for (const url of target.urls) {
    try {
      await fetchFrom(url, order, target);
      return url;
    } catch (error) {
      if (!(error instanceof MirrorFailure)) throw error;
      complaints.push(`${url}: ${error.message}`);
    }
  }
  throw new LabError('image-fetch-failed', `${order.entry.title} could not be fetched.`, {
    why: complaints.join('\n'),
    remedy: fetchRemedy,
  });
}

/** A file put together of pieces may be of several versions: when it is wrong, it is fetched once more from the start. */
async function fetchFrom(url: string, order: FetchOrder & { web: Web }, target: Target) {
  const { entry, web, signal } = order;
  for (let anew = false; ; anew = true) {
    const part = await openPart(target.folder, target.checksum);
    const downloaded = await imageStep(
      { step: 'image.fetch', title: `Fetching ${entry.title}` },
      order,
      (tell) => {
        const rate = createRate();
        const onMoved: Download['onMoved'] = (bytes, total) => {
          tell({
            fraction: total ? Math.min(1, bytes / total) : undefined,
            detail: rate.describe(bytes, total),
          });
        };
        return download({ url, part, bytes: target.bytes, web, signal, onMoved });
      },
    );
    if (await isRight(part.file, order, target)) return;
    await discardPart(target.folder);
    if (downloaded.inOnePiece || anew) {
      throw new MirrorFailure('the file there is another than its checksum says; it was not kept', {
        again: false,
      });
    }
  }
}

async function isRight(file: string, order: FetchOrder, { checksum }: Target): Promise<boolean> {
  const { algorithm, digest } = checksum;
  return imageStep({ step: 'image.verify', title: 'Verifying the checksum' }, order, async (tell) => {
    const onFraction = (fraction: number) => {
      tell({ fraction });
    };
    return (await digestOf(file, algorithm, { signal: order.signal, onFraction })) === digest;
  });
}
