import type { Fault } from '../../contract/evidence.ts';
import { accountsFor } from '../accounts-for.ts';
import type { Evidence } from '../evidence.ts';
import type { Difference, StateKind } from '../faults.ts';
import { listensElsewhere, otherWays } from '../remarks/ways.ts';
import { conditions } from '../set-up/conditions.ts';
import { setUpDifferences } from '../set-up/differences.ts';
import { arpOnlyDirector } from './arp-only-director.ts';
import type { Claim } from './claim.ts';
import { drRewritesMacOnly } from './dr-rewrites-mac-only.ts';
import { failureSymptoms } from './failure-symptoms.ts';
import { mtu } from './mtu.ts';
import { natRewritesBothWays } from './nat-rewrites-both-ways.ts';
import { replyPath } from './reply-path.ts';
import { tunAdds20Bytes } from './tun-adds-20-bytes.ts';

/** What is wrong on the wires, and what of the nodes' state bears it out. */
export interface Symptoms {
  /** Of failed requests alone. */
  readonly failures: readonly Fault[];
  /** Of everything that the frames refute. */
  readonly seen: readonly Fault[];
  /** State that accounts for something that is wrong: causes. */
  readonly borneOut: readonly Difference[];
  /** State that differs, and that nothing on the wires bears out. */
  readonly harmless: readonly Difference[];
}

const claimsOfFrames: readonly Claim[] = [
  arpOnlyDirector,
  replyPath,
  drRewritesMacOnly,
  natRewritesBothWays,
  tunAdds20Bytes,
  mtu,
];

const known = new WeakMap<Evidence, Symptoms>();

/** Holds the nodes' state against the wires: it is a cause only where something fails by it. Computed once. */
export function symptomsOf(evidence: Evidence): Symptoms {
  let symptoms = known.get(evidence);
  if (!symptoms) known.set(evidence, (symptoms = findSymptoms(evidence)));
  return symptoms;
}

function findSymptoms(evidence: Evidence): Symptoms {
  const failures = failureSymptoms(evidence);
  const judged = claimsOfFrames
    .filter(({ modes }) => modes.includes(evidence.mode))
    .map((claim) => claim.judge(evidence));
  const seen = [
    ...judged.flatMap(({ verdict, faults = [] }) => (verdict === 'refuted' ? faults : [])),
    ...failures,
  ];
  const all = [...setUpDifferences(evidence), ...conditions(evidence)].map((state) =>
    isDisproved(evidence, state) ? { ...state, certain: false } : state,
  );
  const sure = all.filter((state) => state.certain && !isMadeUpFor(evidence, state));
  // What is only likely is no cause of what a certain one accounts for.
  const isLeft = (fault: Fault) => !sure.some((cause) => accountsFor(cause, fault));
  const bears = (state: Difference) =>
    !isMadeUpFor(evidence, state) &&
    seen.some((fault) => accountsFor(state, fault) && (state.certain || isLeft(fault)));
  return {
    ...{ failures, seen },
    borneOut: all.filter(bears),
    harmless: all.filter((state) => !bears(state)),
  };
}

/** State of a real server by which it would answer nobody. */
const standing: readonly StateKind[] = [
  ...(['vip-missing', 'tunnel-missing', 'tunnel-down', 'tunnel-not-taken'] as const),
  ...(['not-listening', 'gateway-wrong', 'rp-filter-on'] as const),
];

/** It answered others of the same load: its state may have changed meanwhile, and is no certain cause. */
function isDisproved({ findings }: Evidence, { kind, node }: Difference): boolean {
  const answered = findings.connections.servers.get(node)?.outcomes.answered ?? 0;
  return answered > 0 && standing.includes(kind);
}

/** A real server that takes packets for the VIP in another way needs neither to have it nor to listen on its port. */
function isMadeUpFor(evidence: Evidence, { kind, node }: Difference): boolean {
  const own = evidence.facts?.[node];
  if (!own) return false;
  if (kind === 'vip-missing') return otherWays(evidence, node, own).length > 0;
  return kind === 'not-listening' && listensElsewhere(evidence, own);
}
