import type { Observation } from '../../../src-main/contract/observation.ts';
import { judgeFrames } from '../../../src-main/evidence/judge-frames.ts';
import { evidenceRevision, type KeptEvidence } from '../../../src-main/evidence/kept-evidence.ts';
import { labFrame } from '../../../src-main/evidence/lab-frame.ts';
import type { EvidenceMode } from '../../../src-main/evidence/lab-map.ts';
import { createTracer } from '../../../src-main/evidence/trace/create-tracer.ts';
import { captureOf } from '../../../src-main/lab/frames/capture-blocks.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import type { FrameRecord } from '../../../src-main/wire/switch-port.ts';
import { conversationRecords, type Traffic } from '../../unit/evidence/conversation.ts';
import { exampleFacts, exampleTable, type Changed } from '../../unit/evidence/example-facts.ts';

export interface MadeObservation {
  readonly result: Observation;
  readonly evidence: KeptEvidence;
  readonly records: readonly FrameRecord[];
}

export interface ObservationGiven {
  readonly plan: LabPlan;
  readonly requests: number;
  readonly firstFrame: number;
  readonly traffic?: Omit<Partial<Traffic>, 'mode' | 'lab' | 'requests'>;
  /** What is otherwise in the guests than it should be. */
  readonly changed?: Readonly<Record<string, Changed>>;
}

/** 2026-01-05T09:30:00Z, in nanoseconds. */
const recordStart = '1767605400000000000';

/** An observation of frames made by hand, judged as a real one is. */
export function madeObservation({
  plan,
  requests,
  firstFrame,
  traffic,
  changed,
}: ObservationGiven): MadeObservation {
  const mode = plan.mode as EvidenceMode;
  const made = conversationRecords({ ...traffic, mode, lab: plan, requests });
  const records = made.map((frame) => ({ ...frame, sequence: firstFrame + frame.sequence }));
  const evidence: KeptEvidence = {
    ...{ revision: evidenceRevision, plan, mode, incomplete: false, firstFrame, recordStart },
    facts: exampleFacts(mode, changed, plan) as unknown as KeptEvidence['facts'],
    table: exampleTable(mode, plan) as KeptEvidence['table'],
    counters: { conns: requests, inPkts: 6 * requests, outPkts: mode === 'nat' ? 4 * requests : 0 },
    countedBefore: 0,
    now: (records.at(-1)?.time ?? 0) + 2e9,
  };
  const tracer = createTracer(plan);
  for (const record of records) tracer.add(labFrame(record));
  const judged = judgeFrames(tracer, evidence);
  const { name, service } = plan;
  return {
    evidence,
    records,
    result: {
      ...{ entry: null, record: null },
      ...{ lab: name, mode: plan.mode, vip: service.vip, port: service.port, requests, failed: 0 },
      byServer: { rs1: Math.ceil(requests / 2), rs2: Math.floor(requests / 2) },
      ...{ frames: records.length, framesLost: 0 },
      ...judged,
    },
  };
}

/** The frames as a pcapng file, as the owner of a lab keeps it. */
export function captureOfMade({ evidence, records }: MadeObservation): Buffer {
  return captureOf(evidence.plan, records, BigInt(evidence.recordStart));
}
