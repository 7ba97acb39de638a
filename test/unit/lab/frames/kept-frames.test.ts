import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { frameDetailsSchema, framePageSchema } from '../../../../src-main/contract/frames.ts';
import { writeAttachment } from '../../../../src-main/lab/attachments.ts';
import { readKeptFrame, readKeptFrames } from '../../../../src-main/lab/frames/kept-frames.ts';
import { journalFolder } from '../../../../src-main/lab/journal-files.ts';
import { captureOfMade, madeObservation } from '../../../support/report/made-observation.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { labPlan } from '../../plan/example-plan.ts';

/** A data folder with a proof's frames beside entry 3 of a lab's journal; nothing of the lab runs. */
async function keptProof() {
  const dataFolder = temporaryFolder();
  // The record had seen others before them.
  const made = madeObservation({ plan: labPlan(), requests: 4, firstFrame: 5000 });
  const { evidence } = made;
  const folder = journalFolder(dataFolder, 'one');
  mkdirSync(folder, { recursive: true });
  await writeAttachment(folder, 3, { kind: 'evidence', evidence, capture: captureOfMade(made) });
  return { dataFolder, made, kept: { lab: 'one', entry: 3 } };
}

describe('The frames of a proof', () => {
  it('are read from its capture by the numbers of then, without the lab’s switch', async () => {
    const { dataFolder, made, kept } = await keptProof();
    const page = framePageSchema.parse(await readKeptFrames(dataFolder, kept, { limit: 500, from: 0 }));
    expect(page).toMatchObject({
      ...{ record: made.evidence.recordStart, first: 5000, next: 5000 + made.records.length },
    });
    expect(page.frames.map(({ port, segment, time, length }) => ({ port, segment, time, length }))).toEqual(
      made.records
        .slice(0, 500)
        .map(({ port, segment, time, bytes }) => ({ port, segment, time, length: bytes.length })),
    );
    const details = frameDetailsSchema.parse(await readKeptFrame(dataFolder, kept, 5002));
    expect(details.frame).toEqual(page.frames[2]);
    expect(details.hex).toBe(Buffer.from(made.records[2]!.bytes).toString('hex'));
  });

  it('can be filtered and paged as those of the record', async () => {
    const { dataFolder, kept } = await keptProof();
    const query = { limit: 2, filter: { protocol: 'tcp' as const } };
    const { frames } = await readKeptFrames(dataFolder, kept, query);
    expect(frames.map(({ kind }) => kind)).toEqual(['tcp', 'tcp']);
  });

  it('are refused where none are kept, and where the frame is none of them', async () => {
    const { dataFolder, kept } = await keptProof();
    await expect(readKeptFrame(dataFolder, kept, 4999)).rejects.toMatchObject({ code: 'not-found' });
    await expect(readKeptFrames(dataFolder, { ...kept, entry: 4 }, { limit: 5 })).rejects.toMatchObject({
      code: 'not-found',
      message: "Entry 4 of the journal of 'one' keeps no frames.",
    });
  });
});
