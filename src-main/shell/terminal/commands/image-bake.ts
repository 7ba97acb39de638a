import { Option, type Command } from 'commander';
import { findEntry } from '../../../image/catalogue/load-catalogue.ts';
import { bakeImage, defaultBakeTimeout } from '../../../lab/bake/bake-image.ts';
import { act, jsonOption, portsOption } from '../act.ts';
import { positiveNumber } from '../start-options.ts';

/** `lvslab image bake` */
export function addImageBake(image: Command): void {
  image
    .command('bake')
    .argument('<name>', 'an image of the catalogue')
    .description('make of a cloud image one that labs start from; fetches it where it is not here')
    .addOption(
      new Option('--boot-timeout <seconds>', 'how long its first boot may take until it answers')
        .argParser(positiveNumber)
        .default(defaultBakeTimeout),
    )
    .addOption(portsOption())
    .addOption(jsonOption())
    .action(
      act(async ({ context, output, work }, { bootTimeout }: { bootTimeout: number }, name = '') => {
        const { entry } = await findEntry(context.dataFolder, name);
        if (entry.endOfLife !== undefined)
          output.note(`${entry.title} reached the end of its life on ${entry.endOfLife}.`);
        const baked = await bakeImage({ context, entry, bootTimeout, ...work });
        output.emit({ image: baked });
        output.print(`${entry.title} is baked: labs start on it with --image ${entry.name}.`);
        return undefined;
      }),
    );
}
