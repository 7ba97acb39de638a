import { Option, type Command } from 'commander';
import { LabError } from '../../../contract/lab-error.ts';
import type { Checksum } from '../../../image/catalogue/checksum.ts';
import { findEntry, loadCatalogue } from '../../../image/catalogue/load-catalogue.ts';
import { newEntryLike } from '../../../image/catalogue/new-entry-like.ts';
import { importImage } from '../../../image/fetch/import-image.ts';
import { act, jsonOption } from '../act.ts';
import { nextWords, verifiedWords } from '../describe-cloud-image.ts';

interface ImportOptions {
  readonly like?: string;
  readonly as?: string;
  readonly name?: string;
  readonly sha256?: string;
  readonly checksums?: string;
  readonly anyway?: boolean;
}

/** `lvslab image import` */
export function addImageImport(image: Command): void {
  image
    .command('import')
    .argument('<file>', 'a disk image, qcow2 or raw')
    .description('bring in a disk image of your own, or one of the catalogue that was fetched elsewhere')
    .option('--like <image>', 'it is an image of your own, and its guest is like that of this one')
    .addOption(new Option('--as <image>', 'it is this image of the catalogue itself').conflicts('like'))
    .option('--name <name>', "call an image of your own so (default: the file's name)")
    .option('--sha256 <hex>', 'its checksum')
    .option('--checksums <file>', 'a file of checksums that names it (default: those beside it)')
    .option('--anyway', 'take it in, not verified, though the checksums beside it are of other files')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output, work }, options: ImportOptions, file = '') => {
        const { dataFolder } = context;
        const target = await findTarget(dataFolder, file, options);
        const { sha256, checksums, anyway } = options;
        const checksum = sha256 === undefined ? undefined : checksumOf(sha256);
        const imported = await importImage({
          dataFolder,
          file,
          ...target,
          checksum,
          checksums,
          anyway,
          ...work,
        });
        output.emit({ image: imported });
        const next = nextWords({ state: 'fetched', entry: target.entry });
        output.print(`${imported.name} is here: ${verifiedWords(imported.verified)}.\n${next}`);
        return undefined;
      }),
    );
}

async function findTarget(dataFolder: string, file: string, { like, as, name }: ImportOptions) {
  if (as !== undefined) return { entry: (await findEntry(dataFolder, as)).entry, itself: true };
  if (like === undefined) {
    throw new LabError('bad-input', 'Say what the image is: --like IMAGE, or --as IMAGE.', {
      remedy:
        "'lvslab image catalogue' shows the images; --like debian-12 is for a disk of your own with Debian.",
    });
  }
  const entry = newEntryLike((await findEntry(dataFolder, like)).entry, file, name);
  const { items } = await loadCatalogue(dataFolder);
  if (items.some((item) => item.entry.name === entry.name)) {
    throw new LabError('already-exists', `The catalogue has an image '${entry.name}' already.`, {
      remedy: `Say another name with --name, or, where the file is that very image, --as ${entry.name}.`,
    });
  }
  return { entry, itself: false };
}

function checksumOf(said: string): Checksum {
  // As it stands where it was copied from: `sha256:…`, or with a line end.
  const digest = said.trim().replace(/^sha-?256\s*[:=]\s*/i, '');
  if (/^[0-9a-f]{64}$/i.test(digest)) return { algorithm: 'sha256', digest: digest.toLowerCase() };
  throw new LabError('bad-input', `'${said}' is no SHA-256 checksum.`, {
    why: 'It has not 64 hexadecimal digits.',
  });
}
