import type { Command } from 'commander';
import { listImages } from '../../../image/image-store.ts';
import { diskUse } from '../../../lab/disk-use.ts';
import { listSealedLabs } from '../../../lab/warm/sealed-lab.ts';
import { listWarmStates } from '../../../lab/warm/warm-store.ts';
import { act, jsonOption } from '../act.ts';
import { table } from '../table.ts';

export function addDu(program: Command): void {
  program
    .command('du')
    .description('tell what images, warm states and labs take on disk')
    .addOption(jsonOption())
    .action(
      act(async ({ context, output }) => {
        const images = await imageNames(context.dataFolder);
        const uses = (await diskUse(context.dataFolder)).map((use) => ({
          ...use,
          image: images.get(use.name) ?? null,
        }));
        const total = uses.reduce((sum, { bytes }) => sum + bytes, 0);
        output.emit({ uses, total });
        const rows = uses.map(({ kind, name, image, bytes }) => [kind, name, image ?? '', mebibytes(bytes)]);
        output.print(
          table(['WHAT', 'NAME', 'IMAGE', 'ON DISK'], [...rows, ['total', '', '', mebibytes(total)]]),
        );
        return undefined;
      }),
    );
}

/** By the keys of images, warm states and sealed labs: what the image is called. */
async function imageNames(dataFolder: string): Promise<Map<string, string>> {
  const names = new Map((await listImages(dataFolder)).map(({ key, name }) => [key, name]));
  for (const { key, imageKey } of [
    ...(await listWarmStates(dataFolder)),
    ...(await listSealedLabs(dataFolder)),
  ]) {
    const name = names.get(imageKey);
    if (name !== undefined) names.set(key, name);
  }
  return names;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
