import type { Candidate } from './candidates.ts';
import type { Counts } from './tally.ts';
import type { Outcome } from './outcomes.ts';
import type { Question, Standing } from './question.ts';
import type { LeftOut, ModelServer, Prediction, PredictionReason, UnknownReason } from './types.ts';

export function unknownPrediction(unknown: UnknownReason, leftOut: readonly LeftOut[] = []): Prediction {
  return { allowed: new Set(), why: 'unknown', unknown, leftOut };
}

/** What all possible outcomes come to. */
export function predict(
  outcomes: readonly Outcome[],
  servers: readonly ModelServer[],
  leftOut: readonly LeftOut[],
): Prediction {
  const addressOf = (server: number | null) => (server === null ? null : (servers[server]?.address ?? null));
  const allowed = new Set(outcomes.map(({ server }) => addressOf(server)));
  const [first, ...others] = new Set(outcomes.map(({ why }) => why));
  const why: PredictionReason = first !== undefined && others.length === 0 ? first : 'several';
  return { allowed, why, leftOut };
}

/** Which servers take no new connection in any of the states. */
export function leftOutOf(
  servers: readonly ModelServer[],
  states: readonly Candidate[],
  counts: readonly Counts[],
  scheduler: string,
): LeftOut[] {
  return servers.flatMap(({ address, weight }, index): LeftOut[] => {
    if (weight === 0) return [{ address, why: 'weight-0' }];
    if (states.length > 0 && states.every(({ flags }) => flags[index] === '1')) {
      return [{ address, why: 'threshold' }];
    }
    const overWeight = scheduler === 'ovf' && (counts[index]?.active.min ?? 0) > weight;
    return overWeight ? [{ address, why: 'over-weight' }] : [];
  });
}

/** The chances of a scheduler that draws, by address, where one state alone is possible. */
export function chancesOf(
  { scheduler, candidates, states, service }: Standing,
  { counts }: Question,
): ReadonlyMap<string, number> | undefined {
  const [state, ...others] = states ?? [];
  if (typeof scheduler === 'string' || !scheduler.chances || !state || others.length > 0) return undefined;
  const [views, ...more] = candidates?.views(state, counts) ?? [];
  if (!views || more.length > 0) return undefined;
  const chances = [...scheduler.chances(views, state.variant)];
  return new Map(chances.map(([index, chance]) => [service.servers[index]?.address ?? '', chance]));
}
