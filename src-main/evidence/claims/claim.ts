import type { ClaimId, Fault, JudgedClaim, Verdict } from '../../contract/evidence.ts';
import { message, type Message } from '../../contract/message.ts';
import type { Evidence } from '../evidence.ts';
import type { EvidenceMode } from '../lab-map.ts';
import type { Tally } from '../trace/tally.ts';

/** What one claim says of the evidence, before it is held against the others. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly why: Message;
  /** Frames that show it, the first few. */
  readonly frames?: readonly number[];
  readonly nodes?: readonly string[];
  readonly faults?: readonly Fault[];
}

/** Something that should be true of a lab, and how to find out. It has a file of its own, with its words. */
export interface Claim {
  readonly id: ClaimId;
  readonly modes: readonly EvidenceMode[];
  readonly title: string;
  readonly statement: Partial<Record<EvidenceMode, string>>;
  readonly needs: JudgedClaim['needs'];
  /** Claims whose refutation may be why this one is refuted. */
  readonly follows: readonly ClaimId[];
  /** Claims without which this one cannot be shown: it is never refuted while one of them is. */
  readonly premises: readonly ClaimId[];
  judge(evidence: Evidence): Judgement;
}

export const everyMode: readonly EvidenceMode[] = ['nat', 'dr', 'tun'];

/** The sentences of one claim: `say('refuted', 'words {n}', { n })` is the message `claim.ID.refuted`. */
export function wordsOf(id: ClaimId) {
  return (name: string, words: string, values?: Message['values']): Message =>
    message(`claim.${id}.${name}`, words, values);
}

export function sumOf(tallies: ReadonlyMap<string, Tally>): number {
  let sum = 0;
  for (const { count } of tallies.values()) sum += count;
  return sum;
}

const framesShown = 8;

/** The first frames of several tallies, in the record's order. */
export function framesOf(tallies: Iterable<Tally>): number[] {
  return [...tallies]
    .flatMap(({ frames }) => frames)
    .sort((a, b) => a - b)
    .slice(0, framesShown);
}
