import type { ImagesSnapshot, ImageView } from '../contract/images.ts';
import { toErrorInfo } from '../contract/lab-error.ts';
import { obstaclesFor, type ImageHost } from '../image/catalogue/check-host.ts';
import type { GuestImage } from '../image/guest-image.ts';
import { embeddedName, findImage } from '../image/image-store.ts';
import { knownImages, type KnownImage } from '../image/known-images.ts';
import { imagesInUse } from '../lab/images-in-use.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { embeddedGuest } from '../plan/lab-plan.ts';

/** What this host has, or why that cannot be told. */
export type KnownHost = { readonly host: ImageHost } | { readonly error: unknown };

/** All images as they now lie on this host; of tasks nothing is known here. */
export async function readImages(context: LabContext, known: KnownHost): Promise<ImagesSnapshot> {
  const { dataFolder } = context;
  const { images, problems } = await knownImages(dataFolder);
  const used = await imagesInUse(context);
  const host = 'host' in known ? known.host : undefined;
  return {
    images: [
      embeddedView(await findImage(dataFolder), used),
      ...images.map((image) => imageView(image, host, used)),
    ],
    problems: [...problems],
    hostUnknown: 'error' in known ? toErrorInfo(known.error) : null,
  };
}

type InUse = ReadonlyMap<string, string>;

function embeddedView(image: GuestImage | undefined, used: InUse): ImageView {
  return {
    ...{ name: embeddedName, title: embeddedGuest.traits.title, state: image ? 'baked' : 'absent' },
    ...{
      needs: null,
      memoryMiB: 0,
      outdated: false,
      obstacles: [],
      fetchable: true,
      verified: null,
      notes: [],
    },
    ...{ endOfLife: null, task: null, bytes: image?.bytes ?? 0, guest: image ? guestOf(image) : null },
    lab: (image && used.get(image.key)) ?? null,
  };
}

function imageView(
  { entry, state, cloud, partBytes, baked, outdated }: KnownImage,
  host: ImageHost | undefined,
  used: InUse,
): ImageView {
  const { name, title, needs, source, endOfLife, notes } = entry;
  const [newest] = baked;
  const bytes = baked.reduce((sum, image) => sum + image.bytes, (cloud?.bytes ?? 0) + partBytes);
  return {
    ...{ name, title, state, outdated, bytes, notes, task: null },
    needs: { cpu: needs.cpu, memoryMiB: needs.memoryMiB, diskMiB: needs.diskMiB },
    memoryMiB: newest?.memoryMiB ?? needs.memoryMiB,
    obstacles: host ? obstaclesFor(entry, host) : [],
    fetchable: source !== undefined,
    verified: cloud?.verified.by ?? null,
    guest: newest ? guestOf(newest) : null,
    endOfLife: endOfLife ?? null,
    lab: baked.map(({ key }) => used.get(key)).find((lab) => lab !== undefined) ?? null,
  };
}

function guestOf({ traits, builtAt }: GuestImage): ImageView['guest'] {
  return { system: traits.title, kernel: traits.kernel, builtAt, firewall: traits.firewall };
}
