import { judgeFrames, type JudgedFrames } from '../../evidence/judge-frames.ts';
import type { KeptEvidence } from '../../evidence/kept-evidence.ts';
import { labFrame } from '../../evidence/lab-frame.ts';
import { createTracer } from '../../evidence/trace/create-tracer.ts';
import { parsePcapng, toRecord } from '../../wire/read-pcapng.ts';

/** An observation, judged anew from what was kept of it. */
export interface JudgedAgain extends JudgedFrames {
  /** In the capture. */
  readonly frames: number;
}

/**
 * Judges an observation by its capture and by what was kept beside it, as it was judged at first.
 * @param capture The bytes of its pcapng file, with the frames of this observation alone.
 * @throws LabError `bad-input` naming the byte at which the capture breaks its format.
 */
export function judgeAgain(evidence: KeptEvidence, capture: Uint8Array): JudgedAgain {
  const { frames } = parsePcapng(capture, 'of the observation');
  const tracer = createTracer(evidence.plan);
  frames.forEach((frame, index) => {
    tracer.add(labFrame(toRecord(frame, evidence.firstFrame + index, BigInt(evidence.recordStart))));
  });
  return { ...judgeFrames(tracer, evidence), frames: frames.length };
}
