import type { Command } from 'commander';
import { demandHost, obstaclesFor, type ImageHost } from '../../../image/catalogue/check-host.ts';
import { readFetchSettings } from '../../../image/catalogue/fetch-settings.ts';
import { findEntry } from '../../../image/catalogue/load-catalogue.ts';
import { fetchImage } from '../../../image/fetch/fetch-image.ts';
import { listImages } from '../../../image/image-store.ts';
import { knownImage, knownImages } from '../../../image/known-images.ts';
import { findImageHost } from '../../../lab/image-host.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { describeEntry, nextWords, stateWords, verifiedWords } from '../describe-cloud-image.ts';
import { table } from '../table.ts';
import { addImageBake } from './image-bake.ts';
import { addImageImport } from './image-import.ts';

/** The commands for cloud images, under `lvslab image`. */
export function addCloudImages(image: Command): void {
  addCatalogue(image);
  addFetch(image);
  addImageImport(image);
  addImageBake(image);
}

function addCatalogue(image: Command): void {
  image
    .command('catalogue')
    .argument('[name]', 'tell all about this one')
    .description('list the cloud images there are, and how far each has come on this host')
    .addOption(jsonOption())
    .action(
      act(async (given, _options, name) => {
        const host = await hostOf(given);
        if (name === undefined) await listCatalogue(given, host);
        else await showEntry(given, host, name);
        return undefined;
      }),
    );
}

async function listCatalogue({ context: { dataFolder }, output }: Act, host: ImageHost): Promise<void> {
  const { images, problems } = await knownImages(dataFolder);
  const entries = images.map(({ entry, cloud, ...known }) => ({
    ...{ ...entry, ...known, image: cloud },
    obstacles: obstaclesFor(entry, host),
  }));
  output.emit({ entries, problems });
  const rows = images.map((known) => {
    const { name, title, needs, endOfLife } = known.entry;
    return [
      name,
      endOfLife === undefined ? title : `${title}, ended ${endOfLife}`,
      needs.cpu,
      obstaclesFor(known.entry, host)
        .map(({ about }) => `too little ${about}`)
        .join(', ') || 'fits',
      stateWords(known),
    ];
  });
  output.print(table(['NAME', 'TITLE', 'NEEDS', 'THIS HOST', 'STATE'], rows));
  for (const problem of problems) output.note(`Left out: ${problem}`);
}

async function showEntry({ context: { dataFolder }, output }: Act, host: ImageHost, name: string) {
  const known = await knownImage(dataFolder, await findEntry(dataFolder, name), await listImages(dataFolder));
  const { cloud, ...rest } = known;
  output.emit({ ...rest, image: cloud, obstacles: obstaclesFor(known.entry, host) });
  output.print(`${describeEntry(known, host)}\n${nextWords(known)}`);
}

function addFetch(image: Command): void {
  image
    .command('fetch')
    .argument('<name>', 'an image of the catalogue')
    .description('fetch a cloud image and verify it; goes on where an earlier fetch ended')
    .option('--anyway', 'fetch it though this host cannot run it')
    .addOption(jsonOption())
    .action(
      act(async (given, { anyway }: { anyway?: boolean }, name = '') => {
        const { context, output, work } = given;
        const { dataFolder } = context;
        const { entry } = await findEntry(dataFolder, name);
        const settings = await readFetchSettings(dataFolder);
        if (!anyway) demandHost(entry, await hostOf(given));
        if (entry.endOfLife !== undefined)
          output.note(`${entry.title} reached the end of its life on ${entry.endOfLife}.`);
        const fetched = await fetchImage({ dataFolder, entry, settings, ...work });
        output.emit({ image: fetched });
        output.print(
          `${entry.title} is here: ${fetched.file}, ${verifiedWords(fetched.verified)}.\n${nextWords({ state: 'fetched', entry })}`,
        );
        return undefined;
      }),
    );
}

function hostOf({ context, work }: Act): Promise<ImageHost> {
  return findImageHost(context.dataFolder, work.signal);
}
