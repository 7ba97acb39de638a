import type { Sample } from '../../traffic/sample.ts';
import type { Measurement } from '../measure-lab.ts';
import type { WireUse } from './wire-use.ts';

/** One load in one mode. */
export interface MeasuredTurn {
  readonly measurement: Measurement;
  /** Its number in the lab's journal. */
  readonly entry: number;
  readonly samples: readonly Sample[];
  readonly wire: WireUse;
  /** Null where the lab was in that mode already. */
  readonly switchMs: number | null;
}
