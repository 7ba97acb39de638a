import type {
  Explanation,
  JudgedClaim,
  Remark,
  RequestStory,
  VipClaim,
  VipQuestion,
} from '../contract/evidence.ts';
import type { CounterEvidence, Evidence, SentRequest, TableEvidence } from './evidence.ts';
import { explain } from './explain.ts';
import type { GuestFacts } from './guest-facts.ts';
import { judgeClaims } from './judge-claims.ts';
import type { KeptEvidence } from './kept-evidence.ts';
import type { EvidenceMode } from './lab-map.ts';
import { remarksOf } from './remarks/remarks-of.ts';
import type { Tracer } from './trace/create-tracer.ts';

/** What an observation is judged by, beside its frames: the part of `KeptEvidence` that decides. */
export type FrameEvidence = Pick<KeptEvidence, 'plan' | 'incomplete' | 'countedBefore' | 'now'> & {
  readonly requests?: readonly SentRequest[] | undefined;
  readonly unread?: Evidence['unread'];
  readonly mode: EvidenceMode;
  readonly facts: Readonly<Record<string, GuestFacts>>;
  readonly table: readonly TableEvidence[] | null;
  readonly counters: CounterEvidence | null;
};

/** What an observation proves. */
export interface JudgedFrames {
  readonly claims: JudgedClaim[];
  readonly explanations: Explanation[];
  readonly remarks: Remark[];
  readonly stories: RequestStory[];
  readonly vipClaims: VipClaim[];
  readonly vipQuestions: VipQuestion[];
  /** Where the VIP is an address: node and interface. */
  readonly vipOn: string[];
}

/**
 * Judges what was observed: at once, and again from what was kept of it. Pure.
 * @param tracer Made for the evidence's plan; it has had every frame.
 */
export function judgeFrames(tracer: Tracer, evidence: FrameEvidence): JudgedFrames {
  const { plan, mode, incomplete, facts, table, counters, countedBefore, now } = evidence;
  const findings = tracer.findings(now);
  const known = {
    ...{ lab: plan, mode, findings, incomplete, facts },
    ...{ requests: evidence.requests, unread: evidence.unread },
    ...(table && { table }),
    ...(counters && { counters, countedBefore }),
  };
  const claims = judgeClaims(known);
  return {
    ...{ claims, explanations: explain(claims), remarks: remarksOf(known), stories: tracer.stories(now) },
    ...{ vipClaims: [...findings.arp.claims], vipQuestions: [...findings.arp.questions] },
    vipOn: holdersOf(plan.service.vip, facts),
  };
}

/** `director eth0`, of every interface that has the address. */
function holdersOf(vip: string, facts: Readonly<Record<string, GuestFacts>>): string[] {
  return Object.entries(facts)
    .flatMap(([node, { interfaces }]) =>
      Object.entries(interfaces).flatMap(([name, { addresses }]) =>
        addresses.some((address) => address.split('/')[0] === vip) ? [`${node} ${name}`] : [],
      ),
    )
    .sort();
}
