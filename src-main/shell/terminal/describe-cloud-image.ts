import { obstaclesFor, type ImageHost } from '../../image/catalogue/check-host.ts';
import type { CloudImage, Verified } from '../../image/fetch/cloud-store.ts';
import type { KnownImage } from '../../image/known-images.ts';

/** How far an image has come, in a few words. */
export function stateWords({ state, cloud, outdated }: KnownImage): string {
  switch (state) {
    case 'absent':
      return 'not fetched';
    case 'partly-fetched':
      return 'partly fetched';
    case 'fetched':
      return cloud ? `fetched: ${verifiedWords(cloud.verified)}` : 'fetched';
    case 'baked':
      return outdated ? 'baked, and can be baked anew' : 'baked: labs can start on it';
  }
}

/** What a user does next, so that labs can start on an image. */
export function nextWords({ state, entry }: Pick<KnownImage, 'state' | 'entry'>): string {
  const { name, source } = entry;
  if (state === 'baked') return `Start a lab on it: lvslab up three-modes --image ${name}`;
  if (state === 'fetched') return `Bake it, so that labs can start on it: lvslab image bake ${name}`;
  return source
    ? `Fetch it: lvslab image fetch ${name}; then bake it: lvslab image bake ${name}`
    : `Bring in its file: lvslab image import FILE --as ${name}`;
}

/** What was proved of an image, and what was not. */
export function verifiedWords(verified: Verified): string {
  switch (verified.by) {
    case 'pinned':
      return 'checksum of the catalogue verified, not signed';
    case 'checksum-file':
      return `checksum verified, not signed${passedOverWords(verified)}`;
    case 'user':
      return `checksum verified, as you gave it${passedOverWords(verified)}`;
    case 'nothing':
      return verified.passedOver
        ? `not verified: no checksum of it in ${verified.passedOver.join(', ')}`
        : 'not verified: nobody gave a checksum';
  }
}

function passedOverWords({ passedOver }: { readonly passedOver?: readonly string[] | undefined }): string {
  return passedOver ? `; passed over, since it does not name the image: ${passedOver.join(', ')}` : '';
}

/** One entry in full, with what keeps it from running here. */
export function describeEntry(image: KnownImage, host: ImageHost): string {
  const { cloud, baked } = image;
  const { name, title, source, needs, cloudInit, packages, selinux, endOfLife, notes } = image.entry;
  const lines = [
    `${name}: ${title}`,
    `  from      ${source ? source.folders.map((folder) => folder + source.file).join('\n            ') : 'a file of your own'}`,
    `  checksum  ${source ? (source.sha512 ?? source.sha256 ?? `read at the fetch from ${source.checksums ?? ''} beside it`) : 'none in the catalogue'}`,
    `  needs     ${needs.cpu}, ${needs.firmware}, ${needs.memoryMiB} MiB of memory, ${needs.diskMiB} MiB of disk`,
    `  guest     ${packages.manager}, SELinux ${selinux}, cloud-init's network-config ${cloudInit.networkConfig}, user ${cloudInit.defaultUser}`,
  ];
  if (endOfLife !== undefined) lines.push(`  ended     ${endOfLife}: no updates since`);
  lines.push(`  state     ${stateWords(image)}`);
  if (cloud) lines.push(`  fetched   ${describeImage(cloud)}`);
  for (const { key, traits, builtAt } of baked)
    lines.push(`  baked     ${key}: ${traits.title}, kernel ${traits.kernel}, ${builtAt}`);
  for (const { what, why } of obstaclesFor(image.entry, host)) lines.push(`  not here  ${what} ${why}`);
  for (const note of notes) lines.push(`  - ${note}`);
  return lines.join('\n');
}

function describeImage({ file, verified, algorithm, digest, disk }: CloudImage): string {
  return [`${file}, ${verifiedWords(verified)}`, `${algorithm} ${digest}`, disk].join('\n            ');
}
