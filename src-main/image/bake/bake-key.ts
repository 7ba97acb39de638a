import { createHash } from 'node:crypto';
import { embeddedTraits, type GuestTraits } from '../../family/guest-traits.ts';
import type { CatalogueEntry } from '../catalogue/entry-schema.ts';
import type { CloudImage } from '../fetch/cloud-store.ts';
import * as scripts from './guest-scripts.ts';

/** Raised when the bake's own code makes something else of the same entry. */
const BAKE_REVISION = 1;

/** A guest of each family, for the texts of what it would be told. */
const examples: readonly GuestTraits[] = [
  { ...embeddedTraits, network: 'networkd' },
  { ...embeddedTraits, family: 'rhel', packages: 'dnf', network: 'network-manager' },
  { ...embeddedTraits, family: 'rhel', packages: 'yum', network: 'network-scripts' },
];

/** The name of what is baked from a cloud image: 16 hexadecimal digits that change with all that the outcome depends on. */
export function bakeKey(entry: CatalogueEntry, { digest }: Pick<CloudImage, 'digest'>): string {
  const words = { ...entry, title: undefined, notes: undefined };
  const tasks = examples.map((guest) => [
    scripts.install(guest, entry, undefined),
    ...scripts.prepare(guest),
  ]);
  const texts = [scripts.probe, ...tasks.flat(), scripts.seal, scripts.powerOff].map(({ script }) => script);
  const content = JSON.stringify([BAKE_REVISION, words, digest, texts]);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
