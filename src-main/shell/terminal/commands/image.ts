import type { Command } from 'commander';
import { LabError } from '../../../contract/lab-error.ts';
import { ensureImage } from '../../../image/ensure-image.ts';
import { listCloudImages } from '../../../image/fetch/cloud-store.ts';
import { listImages } from '../../../image/image-store.ts';
import { removeImageCalled, removeUnusedImages } from '../../../lab/remove-image.ts';
import { listSealedLabs } from '../../../lab/warm/sealed-lab.ts';
import { listWarmStates } from '../../../lab/warm/warm-store.ts';
import { act, jsonOption } from '../act.ts';
import { verifiedWords } from '../describe-cloud-image.ts';
import { table } from '../table.ts';
import { addCloudImages } from './cloud-images.ts';

export function addImage(program: Command): void {
  const image = program
    .command('image')
    .description('the guest image that every node starts from, and cloud images');
  addList(image);
  addBuild(image);
  addCloudImages(image);
  addRemove(image);
}

function addList(image: Command): void {
  image
    .command('list')
    .description('list the images on this host')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output }) => {
        const warm = [
          ...(await listWarmStates(context.dataFolder)),
          ...(await listSealedLabs(context.dataFolder)),
        ];
        const images = (await listImages(context.dataFolder)).map((image) => ({
          ...image,
          warm: warm.filter(({ imageKey }) => imageKey === image.key),
        }));
        const cloudImages = await listCloudImages(context.dataFolder);
        output.emit({ images, cloudImages });
        if (images.length === 0)
          output.print("No image is here yet: 'lvslab image build' makes it, and so does the first lab.");
        else {
          const rows = images.map(({ key, name, title, bytes, warm: states, builtAt }) => [
            key,
            name,
            title,
            mebibytes(bytes),
            mebibytes(states.reduce((sum, state) => sum + state.bytes, 0)),
            builtAt,
          ]);
          output.print(table(['IMAGE', 'NAME', 'TITLE', 'ON DISK', 'WARM STATES', 'BUILT'], rows));
        }
        if (cloudImages.length > 0) {
          const rows = cloudImages.map(({ name, bytes, verified, file, addedAt }) => [
            ...[name, mebibytes(bytes), file, verifiedWords(verified), addedAt],
          ]);
          const head = ['CLOUD IMAGE', 'ON DISK', 'FILE', 'CHECKED', 'ADDED'];
          output.print(`\n${table(head, rows)}`);
        }
        return undefined;
      }),
    );
}

function addBuild(image: Command): void {
  image
    .command('build')
    .description('build the guest image, where it is not here already')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output, work }) => {
        const built = await ensureImage({ dataFolder: context.dataFolder, ...work });
        output.emit({ image: built });
        output.print(`The image ${built.key} is ready: ${built.folder}`);
        return undefined;
      }),
    );
}

function addRemove(image: Command): void {
  image
    .command('rm')
    .argument('[image]', 'an image, as the list names it')
    .description(
      'remove an image that no lab uses: by its name all there is of it, the cloud image too, or by its key',
    )
    .option('--all', 'remove every built or baked image that no lab uses; cloud images go by name')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output }, { all }: { all?: boolean }, key) => {
        if ((key === undefined) === !all) {
          throw new LabError('bad-input', 'Name one image, or say --all.', {
            remedy: "'lvslab image list' shows the images.",
          });
        }
        const removed =
          key === undefined ? await removeUnusedImages(context) : await removeImageCalled(context, key);
        output.emit({ removed });
        output.print(
          removed.length ? `Removed: ${removed.join(', ')}` : 'There was no unused image to remove.',
        );
        return undefined;
      }),
    );
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
