import { z } from 'zod';
import { guestTraitsSchema, type GuestTraits } from '../../src-main/family/guest-traits.ts';
import type { AskLvslab } from './ask-lvslab.ts';
import type { Check } from './run-checks.ts';

const cloudSchema = z.object({
  bytes: z.number(),
  digest: z.string(),
  verified: z.object({ by: z.string() }),
});
const entrySchema = z.object({
  entry: z.object({ source: z.looseObject({}).optional() }),
  image: cloudSchema.optional(),
});
const bakedSchema = z.object({
  image: z.object({ key: z.string(), traits: guestTraitsSchema }),
});

/** Filled by the bake's check, for those that come after. */
export interface BakedGuest {
  traits?: GuestTraits;
}

export const titles = { fetch: 'the image is here and verified', bake: 'bake' } as const;

/** From the catalogue to an image that labs start from. */
export function imageChecks(image: string, ask: AskLvslab, guest: BakedGuest): Check[] {
  return [
    { title: titles.fetch, run: () => fetchImage(image, ask) },
    {
      title: titles.bake,
      needs: [titles.fetch],
      run: async () => {
        const { key, traits } = await bake(image, ask);
        guest.traits = traits;
        return `${key}: ${describeTraits(traits)}`;
      },
    },
    {
      title: 'a second bake changes nothing',
      needs: [titles.bake],
      run: async () => {
        const before = await bake(image, ask);
        const began = performance.now();
        const after = await bake(image, ask);
        if (after.key !== before.key) throw new Error(`${before.key} became ${after.key}`);
        return `${after.key} in ${((performance.now() - began) / 1000).toFixed(1)} s`;
      },
    },
  ];
}

async function fetchImage(image: string, ask: AskLvslab): Promise<string> {
  const { entry, image: here } = entrySchema.parse((await ask('image', 'catalogue', image)).result);
  const fetch = async () =>
    z.object({ image: cloudSchema }).parse((await ask('image', 'fetch', image)).result).image;
  const cloud = entry.source ? await fetch() : here;
  if (!cloud) throw new Error(`It has no source: lvslab image import FILE --as ${image}`);
  const { bytes, digest, verified } = cloud;
  return `${Math.round(bytes / 2 ** 20)} MiB, ${digest.slice(0, 16)}…, checksum by ${verified.by}`;
}

async function bake(image: string, ask: AskLvslab) {
  return bakedSchema.parse((await ask('image', 'bake', image)).result).image;
}

function describeTraits({ title, kernel, network, firewall, selinux }: GuestTraits): string {
  return `${title}, kernel ${kernel}, network ${network}, firewall ${firewall}, SELinux ${selinux}`;
}
