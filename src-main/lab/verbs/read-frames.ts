import { LabError } from '../../contract/lab-error.ts';
import type { FrameDetails, FramePage, FrameQuery } from '../../contract/frames.ts';
import { frameIn, pageOf, type FrameSource } from '../frames/frame-pages.ts';
import { mapWire } from '../frames/frame-view.ts';
import { recordOf } from '../frames/record-of.ts';
import type { OwnedLab } from '../owned-lab.ts';

/**
 * A page of the frame record: the newest frames before a number, or the oldest from a number on, that a filter lets
 * through. At most the whole record is looked at.
 */
export async function readFrames(lab: OwnedLab, query: FrameQuery): Promise<FramePage> {
  return pageOf(await sourceOf(lab), query);
}

/**
 * One frame, taken apart.
 * @param wanted.record The record that its number counts in, where that is known.
 * @throws LabError `not-found` when newer frames have overwritten it, it has not come yet, or the switch has begun another
 *   record meanwhile.
 */
export async function readFrame(
  lab: OwnedLab,
  { sequence, record }: { readonly sequence: number; readonly record?: string | undefined },
): Promise<FrameDetails> {
  const source = await sourceOf(lab);
  if (record !== undefined && record !== source.record) {
    throw new LabError('not-found', `Frame ${sequence} is of an earlier record of this lab.`, {
      why: 'The process that ran the lab’s switch has ended since, and its record of frames with it; the numbers began again.',
      remedy: 'What a proof was judged by is kept: open its frames from there.',
    });
  }
  const found = await frameIn(source, sequence);
  if (found) return found;
  throw new LabError('not-found', `Frame ${sequence} is not in the record.`, {
    why:
      sequence < source.first
        ? 'Newer frames have overwritten it.'
        : 'So many frames have not been seen yet.',
    remedy: 'Look at the newest frames again; save the record as a file to keep what is in it.',
  });
}

async function sourceOf({ cables: { labSwitch }, record: { plan } }: OwnedLab): Promise<FrameSource> {
  const { frames, overwritten: first } = await labSwitch.record();
  return {
    ...{ record: recordOf(labSwitch), first, next: first + frames, map: mapWire(plan) },
    recorded: (from) => labSwitch.recorded(from),
  };
}
