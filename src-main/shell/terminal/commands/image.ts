import type { Command } from 'commander';
import { LabError } from '../../../contract/lab-error.ts';
import { ensureImage } from '../../../image/ensure-image.ts';
import { listCloudImages, removeCloudImage } from '../../../image/fetch/cloud-store.ts';
import { listImages, removeImage } from '../../../image/image-store.ts';
import { imagesInUse } from '../../../lab/images-in-use.ts';
import { removeWarmStatesOf } from '../../../lab/warm/remove-stale.ts';
import { listSealedLabs } from '../../../lab/warm/sealed-lab.ts';
import { listWarmStates } from '../../../lab/warm/warm-store.ts';
import { act, jsonOption } from '../act.ts';
import { notYet, verifiedWords } from '../describe-cloud-image.ts';
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
          const rows = images.map(({ key, bytes, warm: states, builtAt }) => [
            key,
            mebibytes(bytes),
            mebibytes(states.reduce((sum, state) => sum + state.bytes, 0)),
            builtAt,
          ]);
          output.print(table(['IMAGE', 'ON DISK', 'WARM STATES', 'BUILT'], rows));
        }
        if (cloudImages.length > 0) {
          const rows = cloudImages.map(({ name, bytes, verified, file, addedAt }) => [
            ...[name, mebibytes(bytes), file, verifiedWords(verified), addedAt],
          ]);
          const head = ['CLOUD IMAGE', 'ON DISK', 'FILE', 'CHECKED', 'ADDED'];
          output.print(`\n${table(head, rows)}\n${notYet}`);
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
    .description('remove an image that no lab uses, or a cloud image, in part or whole')
    .option('--all', 'remove every built image that no lab uses; cloud images go by name')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output }, { all }: { all?: boolean }, key) => {
        if ((key === undefined) === !all) {
          throw new LabError('bad-input', 'Name one image, or say --all.', {
            remedy: "'lvslab image list' shows the images.",
          });
        }
        if (key !== undefined && (await removeCloudImage(context.dataFolder, key))) {
          output.emit({ removed: [key] });
          output.print(`Removed: ${key}`);
          return undefined;
        }
        const used = await imagesInUse(context);
        const lab = key === undefined ? undefined : used.get(key);
        if (lab !== undefined) {
          throw new LabError('bad-input', `The image ${key} is in use by the lab '${lab}'.`, {
            remedy: `Remove that lab first: lvslab rm ${lab}`,
          });
        }
        const keys =
          key === undefined ? (await listImages(context.dataFolder)).map((each) => each.key) : [key];
        const unused = keys.filter((each) => !used.has(each));
        for (const each of unused) {
          await removeWarmStatesOf(context, each);
          await removeImage(context.dataFolder, each);
        }
        output.emit({ removed: unused });
        output.print(
          unused.length ? `Removed: ${unused.join(', ')}` : 'There was no unused image to remove.',
        );
        return undefined;
      }),
    );
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
