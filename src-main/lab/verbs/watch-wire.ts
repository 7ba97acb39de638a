import { setTimeout as pause } from 'node:timers/promises';
import { LabError } from '../../contract/lab-error.ts';
import type { LabSwitch } from '../../wire/lab-switch.ts';
import { mapWire } from '../frames/frame-view.ts';
import { toLiveBatch } from '../frames/live-batch.ts';
import { recordOf } from '../frames/record-of.ts';
import { createVipHolders, type VipHolders } from '../frames/vip-holders.ts';
import type { WorkOptions } from '../lab-context.ts';
import type { LabState } from '../lab-states.ts';
import type { OwnedLab } from '../owned-lab.ts';

/** Milliseconds between two looks at the record. */
const interval = 100;
/** A word at least this often, so that a page sees that the wires are silent and not its line to us. */
const silence = 500;
/** The record hands over about 4 MiB at once: with more than this there is more to be had now. */
const fullBytes = 2 * 1024 * 1024;

/** States in which the lab's machines are made anew. */
const anew: readonly LabState[] = ['creating', 'booting'];

/**
 * Tells what goes over the lab's wires from now on, as `liveBatchSchema`s; the first at once. It looks at the record
 * and keeps no frames, so that a slow hearer costs nothing. Resolves when it is cancelled, and when the lab is let go of.
 * @throws LabError `switch-failed` when the switch dies under the lab.
 */
export async function watchWire(lab: OwnedLab, { onEvent, signal }: WorkOptions): Promise<void> {
  try {
    await follow(lab, onEvent ?? (() => undefined), signal);
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof LabError) || error.code !== 'switch-failed') throw error;
    // Rejected already where it died by itself; pending where it was closed on purpose.
    await Promise.race([lab.cables.failure, Promise.resolve()]);
  }
}

async function follow(lab: OwnedLab, tell: (batch: unknown) => void, signal: AbortSignal): Promise<void> {
  const { labSwitch } = lab.cables;
  const holders = createVipHolders();
  let next = await hearRecord(labSwitch, holders, lab.record.plan.service.vip);
  let { plan } = lab.record;
  let map = mapWire(plan);
  let toldAt = -Infinity;
  while (!signal.aborted) {
    const batch = await labSwitch.recorded(next);
    next = batch.next;
    // A mode switched or a cable moved meanwhile makes it another plan.
    if (plan !== lab.record.plan) map = mapWire((plan = lab.record.plan));
    const isNews = batch.frames.length > 0 || batch.lost > 0;
    if (isNews || performance.now() - toldAt >= silence) {
      // Machines that are made anew have said nothing yet.
      if (anew.includes(lab.record.state)) holders.clear();
      const now = Number(process.hrtime.bigint() - labSwitch.clock.monotonicStart);
      tell(toLiveBatch({ ...batch, record: recordOf(labSwitch) }, map, { holders, now }));
      toldAt = performance.now();
    }
    if (!isFull(batch.frames)) await pause(interval, undefined, { signal }).catch(() => undefined);
  }
}

/** Learns from what the record still holds who has the VIP. @returns where to read on. */
async function hearRecord(labSwitch: LabSwitch, holders: VipHolders, vip: string): Promise<number> {
  const { frames, overwritten } = await labSwitch.record();
  const end = overwritten + frames;
  let next = overwritten;
  while (next < end) {
    const batch = await labSwitch.recorded(next);
    for (const frame of batch.frames) holders.hear(frame, vip);
    next = batch.next;
  }
  return next;
}

function isFull(frames: readonly { readonly bytes: Uint8Array }[]): boolean {
  const last = frames.at(-1)?.bytes;
  return last !== undefined && last.byteOffset + last.length > fullBytes;
}
