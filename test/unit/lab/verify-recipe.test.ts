import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findDrift } from '../../../src-main/lab/verify-recipe.ts';
import { fileStep, scratchGuests } from './scratch-guests.ts';

it('drift tells what a node has where a step shows it, and nothing of what holds', async () => {
  await using guests = await scratchGuests(['rs1']);
  await writeFile(path.join(guests.folderOf('rs1'), 'a'), 'other\nlines\n');
  await writeFile(path.join(guests.folderOf('rs1'), 'b'), 'two\n');
  const steps = [
    fileStep('rs1', 'a', 'one', { shows: 'cat a' }),
    fileStep('rs1', 'b', 'two', { shows: 'cat b' }),
    fileStep('rs1', 'c', 'three'),
  ];
  const drift = await findDrift({ steps, ...guests });
  expect(drift.map(({ step: { id }, has }) => ({ id, has }))).toEqual([
    { id: 'a', has: ['other', 'lines'] },
    { id: 'c', has: [] },
  ]);
});
