/** How patient a fetch is. */
export interface FetchLimits {
  /** Without a byte for so long, an answer has stalled. */
  readonly stallMs: number;
  /** How often a mirror is tried without getting any further. */
  readonly tries: number;
  /** Before the second try; twice as long before each one after. */
  readonly pauseMs: number;
}

export const defaultLimits: FetchLimits = { stallMs: 30_000, tries: 4, pauseMs: 1000 };
