import type { Command } from 'commander';
import { demandHost, obstaclesFor, type ImageHost } from '../../../image/catalogue/check-host.ts';
import { readFetchSettings } from '../../../image/catalogue/fetch-settings.ts';
import { findEntry, loadCatalogue } from '../../../image/catalogue/load-catalogue.ts';
import { bytesOfPart, readCloudImage } from '../../../image/fetch/cloud-store.ts';
import { fetchImage } from '../../../image/fetch/fetch-image.ts';
import { findImageHost } from '../../../lab/image-host.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { describeEntry, notYet, verifiedWords } from '../describe-cloud-image.ts';
import { table } from '../table.ts';
import { addImageImport } from './image-import.ts';

/** The commands for cloud images, under `lvslab image`. */
export function addCloudImages(image: Command): void {
  addCatalogue(image);
  addFetch(image);
  addImageImport(image);
}

function addCatalogue(image: Command): void {
  image
    .command('catalogue')
    .argument('[name]', 'tell all about this one')
    .description('list the cloud images that can be fetched (labs on them are not part of this version)')
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
  const { items, problems } = await loadCatalogue(dataFolder);
  const entries = await Promise.all(
    items.map(async ({ entry, own }) => ({
      ...entry,
      own,
      obstacles: obstaclesFor(entry, host),
      image: await readCloudImage(dataFolder, entry.name),
      partBytes: await bytesOfPart(dataFolder, entry.name),
    })),
  );
  output.emit({ entries, problems, note: notYet });
  const rows = entries.map(({ name, title, needs, obstacles, image, partBytes, endOfLife }) => [
    name,
    endOfLife === undefined ? title : `${title}, ended ${endOfLife}`,
    needs.cpu,
    obstacles.map(({ about }) => `too little ${about}`).join(', ') || 'fits',
    image ? verifiedWords(image.verified) : partBytes > 0 ? 'partly fetched' : 'not fetched',
  ]);
  output.print(table(['NAME', 'TITLE', 'NEEDS', 'THIS HOST', 'STATE'], rows));
  for (const problem of problems) output.note(`Left out: ${problem}`);
  output.print(notYet);
}

async function showEntry({ context: { dataFolder }, output }: Act, host: ImageHost, name: string) {
  const item = await findEntry(dataFolder, name);
  const image = await readCloudImage(dataFolder, name);
  output.emit({ ...item, image, obstacles: obstaclesFor(item.entry, host), note: notYet });
  output.print(`${describeEntry(item, image, host)}\n${notYet}`);
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
        output.emit({ image: fetched, note: notYet });
        output.print(
          `${entry.title} is here: ${fetched.file}, ${verifiedWords(fetched.verified)}.\n${notYet}`,
        );
        return undefined;
      }),
    );
}

function hostOf({ context, work }: Act): Promise<ImageHost> {
  return findImageHost(context.dataFolder, work.signal);
}
