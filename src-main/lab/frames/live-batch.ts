import type { LiveBatch } from '../../contract/frames.ts';
import { decodeFrame } from '../../wire/decode/decode-frame.ts';
import type { FrameBatch } from '../../wire/frame-tap.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import { toFrameView, type WireMap } from './frame-view.ts';
import { sampleFrames } from './sample-frames.ts';
import type { VipHolders } from './vip-holders.ts';

/** Frames that a batch shows at most. */
const shown = 60;

/**
 * What went over the wires in the time of one batch. The holders hear its frames.
 * @param now Nanoseconds on the record's clock.
 */
export function toLiveBatch(
  { frames, lost, record }: Pick<FrameBatch, 'frames' | 'lost'> & { readonly record: string },
  map: WireMap,
  { holders, now }: { readonly holders: VipHolders; readonly now: number },
): LiveBatch {
  for (const frame of frames) holders.hear(frame, map.service.vip);
  return {
    ...{ at: Date.now(), record },
    frames: sampleFrames(frames, shown).map((frame) => toFrameView(frame, decodeFrame(frame.bytes), map)),
    seen: frames.length,
    lost,
    ports: countByPort(frames),
    vipHolders: holders.list(now),
  };
}

function countByPort(frames: readonly FrameRecord[]): LiveBatch['ports'] {
  const ports = new Map<string, { frames: number; bytes: number }>();
  for (const { port, bytes } of frames) {
    let count = ports.get(port);
    if (!count) ports.set(port, (count = { frames: 0, bytes: 0 }));
    count.frames += 1;
    count.bytes += bytes.length;
  }
  return Object.fromEntries(ports);
}
