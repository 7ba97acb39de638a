import type { DirectorEvent, DirectorState } from '../contract/director-log.ts';
import type { Judgement } from '../contract/ipvs.ts';
import {
  followConnections,
  type ConnectionFollower,
  type SeenEvent,
} from '../evidence/follow-connections.ts';
import { labFrame } from '../evidence/lab-frame.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import { createJudge, type Judge } from '../traffic/judge.ts';
import type { Sample } from '../traffic/sample.ts';
import type { LabSwitch } from '../wire/lab-switch.ts';

/** A load as the lab's frames show it: who answered each request, and what passed the director. */
export interface LoadWatch {
  /** To be called once the director's state is read, before the first request. */
  readonly begin: (state: DirectorState) => void;
  /** Adds to samples which machine answered, and which the director handed them to. */
  readonly attribute: (samples: readonly Sample[]) => Promise<Sample[]>;
  /**
   * Reads the last frames, and judges. Undefined where the state was never read.
   * @param tableChanged Whether the director's table is another than it was at the beginning.
   */
  readonly end: (tableChanged: boolean) => Promise<Judgement | undefined>;
}

export interface LoadWatchOptions {
  /** Hears what passed the director, as it is read. */
  readonly onEvents?: ((events: readonly DirectorEvent[]) => void) | undefined;
  readonly anyPort?: boolean;
}

/**
 * Begins to watch: frames that come from now on are looked at.
 * @param options.anyPort Every port of the VIP belongs to the service, as one by firewall mark may have them.
 */
export async function watchLoad(
  labSwitch: LabSwitch,
  plan: LabPlan,
  { onEvents, anyPort }: LoadWatchOptions = {},
): Promise<LoadWatch> {
  let next = await nextSequence(labSwitch);
  const follower = followConnections(plan, { anyPort: anyPort ?? false });
  let judging: { readonly judge: Judge; readonly since: number } | undefined;
  /** Of the last frame. */
  let time = 0;

  const hear = (seen: readonly SeenEvent[]) => {
    if (!judging) return;
    const { judge, since } = judging;
    const events = seen
      .filter(({ time }) => time >= since)
      .map(({ time, ...event }) => ({ ...event, atMs: (time - since) / 1e6 }));
    for (const event of events) judge.add(event);
    if (events.length > 0) onEvents?.(events);
  };

  const aside = (kind: 'lost' | 'changed'): SeenEvent => ({
    ...{ time: Math.max(time, judging?.since ?? 0), kind, client: '', to: null },
  });

  /** All that the record has by now: what a client was answered is in it. */
  const readOn = async () => {
    const end = await nextSequence(labSwitch);
    while (next < end) {
      const batch = await labSwitch.recorded(next);
      if (batch.next === next) break;
      next = batch.next;
      if (batch.lost > 0) hear([...follower.events(), aside('lost')]);
      for (const frame of batch.frames) follower.add(labFrame(frame));
      time = batch.frames.at(-1)?.time ?? time;
    }
    hear(follower.events());
  };

  return {
    begin(state) {
      judging = {
        judge: createJudge(state),
        since: Number(process.hrtime.bigint() - labSwitch.clock.monotonicStart),
      };
    },
    async attribute(samples) {
      await readOn();
      return samples.map((sample) => attributed(sample, follower));
    },
    async end(tableChanged) {
      await readOn();
      if (tableChanged) hear([aside('changed')]);
      return judging?.judge.judgement();
    },
  };
}

async function nextSequence(labSwitch: LabSwitch): Promise<number> {
  const { frames, overwritten } = await labSwitch.record();
  return frames + overwritten;
}

function attributed(sample: Sample, follower: ConnectionFollower): Sample {
  const { sourceAddress, sourcePort, failure } = sample;
  // curl tells no port of a connection that never was: it is one of those that nobody answered.
  const connection =
    sourceAddress !== null && sourcePort !== null
      ? follower.take(`${sourceAddress}:${sourcePort}`)
      : failure && follower.takeUnanswered(sourceAddress, failure.kind === 'refused' ? 'refused' : 'silent');
  if (!connection) return sample;
  const { answeredBy, handedTo } = connection;
  return { ...sample, handedTo, server: failure ? null : answeredBy };
}
