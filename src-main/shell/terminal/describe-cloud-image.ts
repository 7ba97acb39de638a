import { obstaclesFor, type ImageHost } from '../../image/catalogue/check-host.ts';
import type { CatalogueItem } from '../../image/catalogue/load-catalogue.ts';
import type { CloudImage, Verified } from '../../image/fetch/cloud-store.ts';

/** Said wherever cloud images are shown, as long as it is so. */
export const notYet =
  'Cloud images are fetched and verified; starting labs on them is not part of this version.';

/** What was proved of an image, and what was not. */
export function verifiedWords(verified: Verified): string {
  switch (verified.by) {
    case 'pinned':
      return 'checksum of the catalogue verified, not signed';
    case 'checksum-file':
      return 'checksum verified, not signed';
    case 'user':
      return 'checksum verified, as you gave it';
    case 'nothing':
      return 'not verified: nobody gave a checksum';
  }
}

/** One entry in full, with what keeps it from running here. */
export function describeEntry(item: CatalogueItem, image: CloudImage | undefined, host: ImageHost): string {
  const { name, title, source, needs, cloudInit, packages, selinux, endOfLife, notes } = item.entry;
  const lines = [
    `${name}: ${title}`,
    `  from      ${source ? source.folders.map((folder) => folder + source.file).join('\n            ') : 'a file of your own'}`,
    `  checksum  ${source ? (source.sha512 ?? source.sha256 ?? `read at the fetch from ${source.checksums ?? ''} beside it`) : 'none in the catalogue'}`,
    `  needs     ${needs.cpu}, ${needs.firmware}, ${needs.memoryMiB} MiB of memory, ${needs.diskMiB} MiB of disk`,
    `  guest     ${packages.manager}, SELinux ${selinux}, cloud-init's network-config ${cloudInit.networkConfig}, user ${cloudInit.defaultUser}`,
  ];
  if (endOfLife !== undefined) lines.push(`  ended     ${endOfLife}: no updates since`);
  lines.push(`  here      ${image ? describeImage(image) : 'not fetched'}`);
  for (const { what, why } of obstaclesFor(item.entry, host)) lines.push(`  not here  ${what} ${why}`);
  for (const note of notes) lines.push(`  - ${note}`);
  return lines.join('\n');
}

function describeImage({ file, verified, algorithm, digest, disk }: CloudImage): string {
  return [`${file}, ${verifiedWords(verified)}`, `${algorithm} ${digest}`, disk].join('\n            ');
}
