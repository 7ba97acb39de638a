/** Something in a report that does not hold. */
export interface Finding {
  /** The file in the bundle that it is about, or the file that was given. */
  readonly file: string;
  /** What it is, and where in the file: `run of entry 3, figures, failed`. */
  readonly what: string;
  /** What would be right, in words or as the value; null where there is nothing to say. */
  readonly expected: string | null;
  readonly found: string | null;
}

export type Outcome = 'holds' | 'does-not-hold' | 'cannot-tell';

/** Whose report it is: read from what was given, whether or not it holds. */
export interface ReportHead {
  readonly title: string;
  readonly author: string | null;
  readonly lab: string;
  readonly template: string;
  readonly writtenAt: string;
  readonly language: string;
  readonly product: string;
}

/** What came of holding a report against what it was made from. */
export interface Verification {
  readonly file: string;
  readonly form: 'bundle' | 'html' | 'json';
  /**
   * `holds`: nothing was found, of all that could be looked at (see `unchecked`). `cannot-tell`: it is of another version
   * of the format, or another version of LVS Lab wrote it, which may write it otherwise.
   */
  readonly outcome: Outcome;
  /** Null where no report could be read. */
  readonly report: ReportHead | null;
  readonly findings: readonly Finding[];
  /** Findings beyond those that are listed. */
  readonly omitted: number;
  /** How it is packed otherwise than LVS Lab packs, as sentences: nothing that it tells changes by that. */
  readonly remarks?: readonly string[];
  /** What was looked at, as sentences. */
  readonly checked: readonly string[];
  /** What could not be checked with what the file has, and why. */
  readonly unchecked: readonly string[];
  /** What all this does not show. */
  readonly limits: string;
}

/** What verifying a report can never tell. */
export const limits =
  'This shows that the report agrees with itself and with the samples and frames that came with it. It does not show who wrote it, nor that those were measured.';
