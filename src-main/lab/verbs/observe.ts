import type { Observation } from '../../contract/observation.ts';
import { LabError } from '../../contract/lab-error.ts';
import { judgeFrames, type FrameEvidence } from '../../evidence/judge-frames.ts';
import { evidenceRevision, keptEvidenceSchema } from '../../evidence/kept-evidence.ts';
import type { EvidenceMode } from '../../evidence/lab-map.ts';
import { asItIs, clientAddresses } from '../../evidence/as-it-is.ts';
import { sinceThen } from '../../evidence/facts/since-then.ts';
import { labFrame } from '../../evidence/lab-frame.ts';
import { servingService } from '../../evidence/serving-service.ts';
import { createTracer } from '../../evidence/trace/create-tracer.ts';
import type { LabSwitch } from '../../wire/lab-switch.ts';
import { statsSettleMs } from '../../ipvs/read-ipvs.ts';
import { decodeFrame } from '../../wire/decode/decode-frame.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import { captureOf } from '../frames/capture-blocks.ts';
import { recordOf } from '../frames/record-of.ts';
import type { WorkOptions } from '../lab-context.ts';
import type { OwnedLab } from '../owned-lab.ts';
import { nodeOfRole } from '../running-lab.ts';
import { runStep } from '../task.ts';
import { demandNodesRun, demandNoneHalts } from './demand-nodes-run.ts';
import { serviceKey } from './read-director.ts';
import { readGuests, type GuestReadings } from './read-guests.ts';
import { sendWatched } from './send-watched.ts';

const modes: readonly string[] = ['nat', 'dr', 'tun'] satisfies EvidenceMode[];

/**
 * Sends requests from the client and watches them on every wire; reads what the guests and the director's counters say;
 * and judges by all of it what the mode claims. Neighbours forget the VIP first, so that ARP is seen too.
 * @throws LabError `bad-input` for a mode that nothing is claimed of, or a client that is down, or a node
 *   that is paused or crashed.
 */
export async function observeLab(lab: OwnedLab, requests: number, work: WorkOptions): Promise<Observation> {
  const { plan } = lab.record;
  const mode = modeOf(plan.mode);
  await demandNodesRun(lab, [nodeOfRole(lab, 'client')], 'Nothing can be verified');
  await demandNoneHalts(lab, plan.nodes, 'Nothing can be verified');
  const before = await runStep(
    work,
    { id: 'before', title: 'Read the counters, and forget who has the VIP' },
    () => readGuests(lab, { forget: true }, work),
  );
  const { labSwitch } = lab.cables;
  const from = await nextFrame(labSwitch);
  const countedBefore = await countJustBefore(lab, from);
  const { run, sent } = await runStep(
    work,
    { id: 'load', title: `Send ${requests} requests from the client` },
    () => sendWatched(lab, requests, servingOf(lab, before), work),
  );
  const after = await runStep(work, { id: 'after', title: 'Read what the guests and the counters say' }, () =>
    readGuests(lab, { settled: true, targets: clientAddresses(before.facts, plan) }, work),
  );
  const seen = await framesSince(labSwitch, from);
  const evidence: FrameEvidence = {
    ...{
      plan: asItIs(plan, after.facts),
      mode,
      incomplete: seen.lost > 0,
      facts: factsOfLoad(before, after),
    },
    ...{ table: after.director?.table ?? null, counters: difference(lab, before, after), countedBefore },
    ...{ requests: sent, unread: after.unread, now: switchNow(labSwitch) },
  };
  const tracer = createTracer(evidence.plan);
  for (const frame of seen.frames) tracer.add(labFrame(frame));
  const judged = judgeFrames(tracer, evidence);
  keepEvidence(labSwitch, evidence, seen.frames, work);
  return {
    ...{ entry: work.journalEntry ?? null, record: recordOf(labSwitch) },
    ...{ lab: plan.name, mode: plan.mode, vip: plan.service.vip, port: plan.service.port },
    ...{ requests: run.requests, failed: run.failed },
    byServer: run.byServer,
    ...{ frames: seen.frames.length, framesLost: seen.lost, ...judged },
  };
}

/** What cannot be judged again from what is kept is not kept. */
function keepEvidence(
  labSwitch: LabSwitch,
  evidence: FrameEvidence,
  frames: readonly FrameRecord[],
  { keep }: WorkOptions,
): void {
  const firstFrame = frames[0]?.sequence ?? 0;
  const { wallStart } = labSwitch.clock;
  // A capture has no numbers: frames that were lost between others would move those after them.
  const whole = frames.every(({ sequence }, index) => sequence === firstFrame + index);
  const kept = { revision: evidenceRevision, ...evidence, firstFrame, recordStart: recordOf(labSwitch) };
  const { data } = keptEvidenceSchema.safeParse(kept);
  if (data && whole)
    keep?.({ kind: 'evidence', evidence: data, capture: captureOf(evidence.plan, frames, wallStart) });
}

function modeOf(name: string): EvidenceMode {
  if (modes.includes(name)) return name as EvidenceMode;
  throw new LabError('bad-input', `Nothing is claimed of the mode '${name}'.`, {
    remedy: `Claims are known of ${modes.join(', ')}.`,
  });
}

async function nextFrame(labSwitch: LabSwitch): Promise<number> {
  const { frames, overwritten } = await labSwitch.record();
  return frames + overwritten;
}

/** Frames of the service, at the director, that its counters of a moment ago may not have held yet. */
async function countJustBefore(
  { cables: { labSwitch }, record: { plan } }: OwnedLab,
  from: number,
): Promise<number> {
  const since = switchNow(labSwitch) - 2 * statsSettleMs * 1e6;
  const { frames } = await labSwitch.recorded(Math.max(0, from - 5000));
  const director = plan.nodes.find(({ role }) => role === 'director');
  const macs = director?.nics.map(({ mac }) => mac) ?? [];
  return frames.filter((frame) => {
    if (frame.time < since || frame.sequence >= from) return false;
    const { source, destination, payload } = decodeFrame(frame.bytes);
    return payload.kind === 'ipv4' && (macs.includes(source) || macs.includes(destination));
  }).length;
}

/** Nanoseconds on the record's clock. */
function switchNow({ clock }: LabSwitch): number {
  return Number(process.hrtime.bigint() - clock.monotonicStart);
}

/** What the record holds from a frame on. */
async function framesSince(
  labSwitch: LabSwitch,
  from: number,
): Promise<{ frames: FrameRecord[]; lost: number }> {
  const end = await nextFrame(labSwitch);
  const frames: FrameRecord[] = [];
  let [next, lost] = [from, 0];
  while (next < end) {
    const batch = await labSwitch.recorded(next);
    for (const frame of batch.frames) frames.push(frame);
    lost += batch.lost;
    if (batch.next === next) break;
    next = batch.next;
  }
  return { frames, lost };
}

/** Counters of rules and kernels tell of the load alone. */
function factsOfLoad(before: GuestReadings, after: GuestReadings): FrameEvidence['facts'] {
  return Object.fromEntries(
    Object.entries(after.facts).map(([node, facts]) => [node, sinceThen(facts, before.facts[node])]),
  );
}

/** The service that takes the load's requests. */
function servingOf({ record: { plan } }: OwnedLab, { facts, director }: GuestReadings) {
  return servingService({ lab: plan, facts, table: director?.table });
}

/** What the load added to the counters of the service that takes it. */
function difference(lab: OwnedLab, before: GuestReadings, after: GuestReadings): FrameEvidence['counters'] {
  const service = servingOf(lab, after)?.service;
  if (!service) return null;
  const [then, now] = [before, after].map(({ director }) => director?.counters.get(serviceKey(service)));
  if (!then || !now) return null;
  return {
    conns: now.conns - then.conns,
    inPkts: now.inPkts - then.inPkts,
    outPkts: now.outPkts - then.outPkts,
  };
}
