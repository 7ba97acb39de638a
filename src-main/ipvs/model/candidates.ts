import type { Counts } from './tally.ts';
import { readKernel, type Kernel, type Variant } from './kernel.ts';
import { flagsAfterBinding, flagsAfterExpiry, possibleFlags, type Flags } from './overload.ts';
import { mostMemories, type Memory, type SchedulerModel, type ServerView } from './scheduler.ts';
import type { ModelServer } from './types.ts';

/** One hidden state that the kernel may be in. */
export interface Candidate {
  readonly variant: Variant;
  readonly flags: Flags;
  readonly memory: Memory;
}

/** As many servers may have an uncertain number of connections at once: all their combinations are looked at. */
const mostUncertain = 8;

/** Makes and changes hidden states of one service. */
export class Candidates {
  readonly #servers: readonly ModelServer[];
  readonly #scheduler: SchedulerModel;
  readonly #kernel: Kernel;

  constructor(servers: readonly ModelServer[], scheduler: SchedulerModel, kernel: string) {
    this.#servers = servers;
    this.#scheduler = scheduler;
    this.#kernel = readKernel(kernel);
  }

  /** Whether conn_reuse_mode 0 may keep expire_nodest_conn from working. */
  get modeZeroKeepsAll(): boolean | null {
    return this.#kernel.modeZeroKeepsAll;
  }

  /** Every state that is possible when nothing was seen yet; undefined when there are too many. */
  all(counts: readonly Counts[]): Candidate[] | undefined {
    const memories = this.#scheduler.memories();
    const flags = possibleFlags(this.#servers, counts, this.#kernel.flagsFollowThresholds);
    const variants = this.#variants();
    if (!memories || memories.length * flags.length * variants.length > mostMemories) return undefined;
    return variants.flatMap((variant) =>
      flags.flatMap((each) => memories.map((memory) => ({ variant, flags: each, memory }))),
    );
  }

  #variants(): Variant[] {
    const { activeCosts, hashes } = this.#kernel;
    const { differs } = this.#scheduler;
    const [activeCost = 257] = activeCosts;
    const [hash = 'high-bits'] = hashes;
    if (differs === 'activeCost') return activeCosts.map((cost) => ({ activeCost: cost, hash }));
    if (differs === 'hash') return hashes.map((each) => ({ activeCost, hash: each }));
    return [{ activeCost, hash }];
  }

  afterExpiry(candidates: readonly Candidate[], counts: readonly Counts[]): Candidate[] {
    return distinct(
      candidates.flatMap((candidate) =>
        flagsAfterExpiry(candidate.flags, this.#servers, counts).map((flags) => ({ ...candidate, flags })),
      ),
    );
  }

  afterBinding(candidate: Candidate, counts: readonly Counts[], server: number): Candidate[] {
    return flagsAfterBinding(candidate.flags, this.#servers, counts, server).map((flags) => ({
      ...candidate,
      flags,
    }));
  }

  /**
   * The servers as the scheduler may see them, each uncertain number at its least and at its most: which server is
   * picked depends on each number in one direction alone. Undefined when there are too many.
   */
  views({ flags }: Candidate, counts: readonly Counts[]): ServerView[][] | undefined {
    const each = this.#servers.map(({ weight }, index) => {
      const full = flags[index] === '1';
      const own = counts[index];
      if (!own || !this.#scheduler.counts) return [{ weight, active: 0, inactive: 0, full }];
      const actives = [...new Set([own.active.min, own.active.max])];
      const inactives = [...new Set([own.inactive.min, own.inactive.max])];
      return actives.flatMap((active) => inactives.map((inactive) => ({ weight, active, inactive, full })));
    });
    if (each.reduce((product, { length }) => product * length, 1) > 2 ** mostUncertain) return undefined;
    return each.reduce<ServerView[][]>(
      (all, values) => all.flatMap((views) => values.map((value) => [...views, value])),
      [[]],
    );
  }
}

/** Each state once. */
export function distinct(candidates: readonly Candidate[]): Candidate[] {
  const byKey = new Map(
    candidates.map((candidate) => {
      const { variant, flags, memory } = candidate;
      return [`${variant.activeCost} ${variant.hash} ${flags} ${memory}`, candidate] as const;
    }),
  );
  return [...byKey.values()];
}
