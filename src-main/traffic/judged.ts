import type { Prediction, PredictionReason, UnknownReason } from '../ipvs/model/types.ts';

/** A connection that went where no state of the kernel explains it. */
export interface Stray {
  /** Its number among those that reached the director, from 1. */
  readonly number: number;
  /** `address:port`. */
  readonly client: string;
  /** An entry's address; null where it was refused. */
  readonly to: string | null;
  readonly prediction: Prediction;
}

/** What is known of a load when it has ended. */
export interface Judged {
  /** Connections that reached the director. */
  picks: number;
  /** Those that it handed on, by the address of the entry. */
  readonly counts: Map<string, number>;
  /** Those that it refused, by why it had to. */
  readonly refused: Map<PredictionReason, number>;
  /** How many each entry was to get. */
  readonly expected: Map<string, number>;
  /** Of a scheduler that draws by lot, those whose chances were known: how many went where, and were to. */
  readonly drawn: { readonly counts: Map<string, number>; readonly expected: Map<string, number> };
  /** The natural logarithm of how likely entries drawn by lot would have come out the same. */
  luck: number;
  stray: Stray | undefined;
  /** Connections of which frames do not show what ip_vs did with them. */
  unseen: number;
  /** Why nothing is judged. */
  unknown: UnknownReason | UnknownCourse | undefined;
}

/** Why nothing is judged of a load, though there is a model of its scheduler. */
export type UnknownCourse =
  | 'frames-lost'
  | 'frames-late'
  | 'frames-mixed'
  | 'connections-cut'
  | 'connections-unlisted'
  | 'table-changed';
