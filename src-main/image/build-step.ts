import type { Progress } from '../contract/progress.ts';
import type { ImageRecipe } from './recipe.ts';

/** What the steps of a build share. */
export interface BuildContext {
  readonly key: string;
  readonly recipe: ImageRecipe;
  /** The image's folder while it is built, for its owner alone. */
  readonly folder: string;
  /** A folder for what is needed only while building. Others may read it: no secret goes there. */
  readonly work: string;
  readonly signal: AbortSignal | undefined;
}

/** Tells how far a step is. */
export type TellStep = (moved: Pick<Progress, 'fraction' | 'detail'>) => void;

/** One step of a build. */
export interface BuildStep {
  readonly step: string;
  readonly title: string;
  run(context: BuildContext, tell: TellStep): Promise<void>;
}
