import type { LabView } from '../../../../src-main/evidence/lab-map.ts';
import type { OwnedLab } from '../../../../src-main/lab/owned-lab.ts';
import type { FrameRecord } from '../../../../src-main/wire/switch-port.ts';

/** Nanoseconds since 1970 at which the record's time is 0. */
export const wallStart = 1_800_000_000_000_000_000n;

/**
 * A lab whose switch has seen these frames. The record hands over a few at once, as the real one does, each batch in
 * memory of its own.
 * @param records Frames that are added later are seen later; those before `forgotten` are overwritten.
 */
export function recordedLab(
  view: LabView,
  records: readonly FrameRecord[],
  { forgotten = 0, atOnce = 1000 }: { forgotten?: number; atOnce?: number } = {},
): OwnedLab {
  const labSwitch = {
    clock: { wallStart, monotonicStart: process.hrtime.bigint() },
    record: async () => ({ frames: records.length - forgotten, overwritten: forgotten, bytes: 0 }),
    recorded: async (from: number) => {
      const first = Math.min(Math.max(from, forgotten), records.length);
      const frames = records.slice(first, first + atOnce);
      return { frames, lost: Math.max(0, first - from), next: first + frames.length };
    },
  };
  const failure = new Promise<never>(() => undefined);
  const lab = { cables: { labSwitch, failure }, record: { plan: view } };
  // Of a lab these verbs use no more.
  return lab as unknown as OwnedLab;
}
