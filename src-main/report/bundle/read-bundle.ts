import { LabError } from '../../contract/lab-error.ts';
import type { Container, PackedFile } from './container.ts';
import { placeAll, placeBundles } from './place-reports.ts';
import { bundleOf, readWhole, type Bundle } from './bundle.ts';
import { openZip } from './zip-container.ts';

/**
 * Opens a zip for reading.
 * @param from Its path, or a packed file that is read into memory where it has none.
 * @throws LabError `bad-input` when it is no zip, or one with unsafe names; `not-found`.
 */
export async function openZipFile(from: string | PackedFile): Promise<Container> {
  const name = typeof from === 'string' ? from : from.file;
  try {
    return await openZip(typeof from === 'string' ? from : (from.path ?? (await readWhole(from))));
  } catch (error) {
    if (error instanceof LabError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new LabError('not-found', `There is no file ${name}.`, { cause: error });
    throw new LabError('bad-input', `${name} is no bundle of LVS Lab.`, {
      why: error instanceof Error ? error.message : String(error),
      remedy: "Name a .zip file that 'lvslab report --format bundle' wrote.",
      cause: error,
    });
  }
}

/**
 * Opens a zip that has one bundle, or takes all of it for one. The last of files with one name is the one that is read.
 * @throws LabError `bad-input` when it is no zip, or one with unsafe names; `not-found`.
 */
export async function readBundle(file: string): Promise<Bundle & AsyncDisposable> {
  const zip = await openZipFile(file);
  const { bundles } = placeBundles(zip);
  const [only] = bundles;
  return {
    ...bundleOf(only && bundles.length === 1 ? only : placeAll(zip)),
    [Symbol.asyncDispose]: () => zip[Symbol.asyncDispose](),
  };
}
