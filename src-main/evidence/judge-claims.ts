import type { ClaimId, JudgedClaim } from '../contract/evidence.ts';
import { message } from '../contract/message.ts';
import { accountsFor } from './accounts-for.ts';
import { allClaims } from './claims/all-claims.ts';
import { wordsOf, type Claim } from './claims/claim.ts';
import type { Evidence } from './evidence.ts';

/**
 * Judges every claim of the mode, causes first. A refuted claim that another refuted one accounts for names that one in
 * `because`; a claim whose premise is refuted is not shown, because of it.
 */
export function judgeClaims(evidence: Evidence): JudgedClaim[] {
  const judged: JudgedClaim[] = [];
  for (const claim of allClaims) {
    if (claim.modes.includes(evidence.mode)) judged.push(judgeOne(claim, evidence, judged));
  }
  return judged;
}

function judgeOne(claim: Claim, evidence: Evidence, before: readonly JudgedClaim[]): JudgedClaim {
  const { id, title, statement, needs } = claim;
  const { verdict, why, frames = [], nodes = [], faults = [] } = claim.judge(evidence);
  const say = wordsOf(id);
  const plain: JudgedClaim = {
    id,
    title: say('title', title),
    statement: say(`statement.${evidence.mode}`, statement[evidence.mode] ?? ''),
    needs,
    verdict,
    why,
    frames: [...frames],
    nodes: [...nodes],
    because: [],
    faults: [...faults],
  };
  if (verdict === 'proved') return plain;
  const refuted = before.filter((other) => other.verdict === 'refuted');
  const fallen = refuted.filter((other) => claim.premises.includes(other.id));
  if (fallen.length > 0) return withoutPremise(plain, fallen);
  if (verdict !== 'refuted') return plain;
  const causes = refuted.filter((other) => claim.follows.includes(other.id) && isCause(other, plain));
  return { ...plain, because: idsOf(causes) };
}

function withoutPremise(claim: JudgedClaim, fallen: readonly JudgedClaim[]): JudgedClaim {
  const say = wordsOf(claim.id);
  const names = fallen.map(({ title }) => message('term.title', '“{title}”', { title }));
  const why = say('premise', 'It cannot be shown, since this does not hold: {names}.', { names });
  return { ...claim, verdict: 'not-shown', why, because: idsOf(fallen), faults: [] };
}

/** By their faults where there are any; otherwise by the nodes they are about. */
function isCause(cause: JudgedClaim, effect: JudgedClaim): boolean {
  if (effect.faults.length === 0) return cause.nodes.some((node) => effect.nodes.includes(node));
  return effect.faults.some((seen) => cause.faults.some((fault) => accountsFor(fault, seen)));
}

function idsOf(claims: readonly JudgedClaim[]): ClaimId[] {
  return claims.map(({ id }) => id);
}
