import type { CatalogueEntry } from '../../image/catalogue/entry-schema.ts';
import type { CloudImage } from '../../image/fetch/cloud-store.ts';
import type { LabContext } from '../lab-context.ts';
import type { Host } from '../machine.ts';
import type { StepProgress } from '../task.ts';
import type { BakeLog } from './bake-log.ts';

/** What the steps of a bake share. */
export interface Baking extends Pick<Host, 'acceleration' | 'bootTimeout'> {
  readonly context: LabContext;
  readonly entry: CatalogueEntry;
  readonly cloud: CloudImage;
  readonly key: string;
  /** The image's folder while it is made; what it is not to keep lies there too, under `scratch`. */
  readonly folder: string;
  readonly log: BakeLog;
  readonly signal: AbortSignal;
  /** Carries out one step: told to the follower and to the log. */
  readonly step: <T>(id: keyof typeof bakeWeights, title: string, work: Work<T>) => Promise<T>;
}

type Work<T> = (tell: (progress: StepProgress) => void) => Promise<T>;

/** How long the steps take beside each other: seconds under emulation. */
export const bakeWeights = {
  'bake.disk': 1,
  'bake.boot': 85,
  'bake.probe': 15,
  'bake.packages': 190,
  'bake.prepare': 75,
  'bake.kernel': 5,
  'bake.seal': 10,
  'bake.end': 10,
  'bake.keep': 20,
} as const;

/** What a message calls the machine. */
export function machineName({ entry }: Pick<Baking, 'entry'>): string {
  return `the image ${entry.name}`;
}
