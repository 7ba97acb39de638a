import type { ClaimId, JudgedClaim } from '../../../src-main/contract/evidence.ts';
import type { Evidence } from '../../../src-main/evidence/evidence.ts';
import { judgeClaims } from '../../../src-main/evidence/judge-claims.ts';
import type { LabFrame } from '../../../src-main/evidence/lab-frame.ts';
import { createTracer, type Findings } from '../../../src-main/evidence/trace/create-tracer.ts';
import { conversation, type Traffic } from './conversation.ts';
import { exampleLab } from './example-lab.ts';

export function findingsOf(frames: readonly LabFrame[], lab: Evidence['lab']): Findings {
  const tracer = createTracer(lab);
  for (const frame of frames) tracer.add(frame);
  return tracer.findings();
}

/** The claims of a lab with such traffic, and what else is known of it. */
export function judged(
  traffic: Traffic,
  rest: Omit<Partial<Evidence>, 'lab' | 'mode' | 'findings'> = {},
): JudgedClaim[] {
  const { mode } = traffic;
  const lab = traffic.lab ?? exampleLab(mode);
  const findings = findingsOf(conversation(traffic), lab);
  return judgeClaims({ lab, mode, findings, ...rest });
}

export function claim(claims: readonly JudgedClaim[], id: ClaimId): JudgedClaim {
  const found = claims.find((claim) => claim.id === id);
  if (!found) throw new Error(`There is no claim '${id}'.`);
  return found;
}

/** What is refuted, each with the claims it follows from. */
export function refuted(claims: readonly JudgedClaim[]): Partial<Record<ClaimId, ClaimId[]>> {
  const entries = claims.filter(({ verdict }) => verdict === 'refuted');
  return Object.fromEntries(entries.map(({ id, because }) => [id, because]));
}

/** What is not shown. */
export function notShown(claims: readonly JudgedClaim[]): ClaimId[] {
  return claims.filter(({ verdict }) => verdict === 'not-shown').map(({ id }) => id);
}

/** The kinds and nodes of a claim's faults. */
export function faultsOf(claims: readonly JudgedClaim[], id: ClaimId): string[] {
  return claim(claims, id).faults.map(({ kind, node }) => `${kind} ${node}`);
}
