import type { ClaimId, Explanation, Fault, JudgedClaim } from '../contract/evidence.ts';
import { accountsFor } from './accounts-for.ts';

/**
 * Names the causes of what was refuted, each once, with what to do next: first what nodes' own state shows, then what
 * the frames look like and no node's state accounts for; within both, what explains most first. Each names the refuted
 * claims it explains. Empty when nothing is refuted.
 */
export function explain(claims: readonly JudgedClaim[]): Explanation[] {
  const refuted = claims.filter(({ verdict }) => verdict === 'refuted');
  const faults = refuted.flatMap(({ faults }) => faults);
  const roots = faults.filter(
    (fault, index) =>
      faults.findIndex((other) => isSame(other, fault)) === index &&
      !faults.some((other) => !isSame(other, fault) && accountsFor(other, fault)),
  );
  return roots
    .map((root) => ({ ...root, explains: explainedBy(root, refuted) }))
    .sort((a, b) => Number(b.certain) - Number(a.certain) || b.explains.length - a.explains.length);
}

function isSame(one: Fault, other: Fault): boolean {
  return one.kind === other.kind && one.node === other.node;
}

/** Claims with the fault or what it accounts for, and those without faults of their own that follow from one of them. */
function explainedBy(root: Fault, refuted: readonly JudgedClaim[]): ClaimId[] {
  const ids = new Set<ClaimId>();
  // Causes stand before what follows from them.
  for (const { id, because, faults, nodes } of refuted) {
    const follows =
      faults.length === 0 && nodes.includes(root.node) && because.some((cause) => ids.has(cause));
    if (follows || faults.some((fault) => accountsFor(root, fault))) ids.add(id);
  }
  return [...ids];
}
