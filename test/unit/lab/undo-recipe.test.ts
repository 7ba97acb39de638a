import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppliedStep } from '../../../src-main/plan/applied-step.ts';
import { applyRecipe } from '../../../src-main/lab/apply-recipe.ts';
import { undoRecipe } from '../../../src-main/lab/undo-recipe.ts';
import { fileStep, scratchGuests, type ScratchGuests } from './scratch-guests.ts';

const read = (guests: ScratchGuests, node: string, file: string) =>
  readFile(path.join(guests.folderOf(node), file), 'utf8');

const states = (applied: readonly AppliedStep[]) =>
  applied.map(({ node, id, state }) => `${node} ${id} ${state}`);

describe('undo', () => {
  it('goes on past a step that cannot be undone, and says which that was', async () => {
    await using guests = await scratchGuests(['rs1']);
    const steps = [
      fileStep('rs1', 'a', 'one'),
      fileStep('rs1', 'b', 'two', { undo: ['echo busy >&2; exit 7'] }),
    ];
    const applied = await applyRecipe({ steps, ...guests });
    await expect(undoRecipe({ applied, ...guests })).rejects.toMatchObject({
      code: 'recipe-failed',
      details: { node: 'rs1', step: 'Write b', why: "'echo busy >&2; exit 7' ended with 7: busy" },
    });
    expect(await readdir(guests.folderOf('rs1'))).toEqual(['b']);
  });

  it('takes no offence at what someone else has undone before', async () => {
    await using guests = await scratchGuests(['rs1']);
    const steps = [fileStep('rs1', 'a', 'one', { undo: ['rm a'] }), fileStep('rs1', 'b', 'two')];
    const applied = await applyRecipe({ steps, ...guests });
    await rm(path.join(guests.folderOf('rs1'), 'a'));
    await undoRecipe({ applied, ...guests });
    expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
  });
});

describe('another recipe in place of the one before', () => {
  it('is applied after that is undone, in the same round trip', async () => {
    await using guests = await scratchGuests(['rs1', 'rs2']);
    const before = await applyRecipe({
      steps: [fileStep('rs1', 'a', 'one'), fileStep('rs2', 'a', 'one')],
      ...guests,
    });
    guests.sent.length = 0;
    let kept: readonly AppliedStep[] = [];
    const after = await applyRecipe({
      ...{ undo: before, steps: [fileStep('rs1', 'a', 'two')], onApplied: (so) => (kept = so) },
      ...guests,
    });
    expect(guests.sent).toHaveLength(2);
    expect(await read(guests, 'rs1', 'a')).toBe('two\n');
    expect(await readdir(guests.folderOf('rs2'))).toEqual([]);
    expect(kept).toEqual(after);
    await undoRecipe({ applied: after, ...guests });
    expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
  });

  it('keeps on record what could not be undone', async () => {
    await using guests = await scratchGuests(['rs1']);
    const before = await applyRecipe({
      steps: [fileStep('rs1', 'a', 'one', { undo: ['false'] })],
      ...guests,
    });
    let kept: readonly AppliedStep[] = [];
    const work = applyRecipe({
      ...{ undo: before, steps: [fileStep('rs1', 'b', 'two')], onApplied: (so) => (kept = so) },
      ...guests,
    });
    await expect(work).rejects.toMatchObject({ code: 'recipe-failed', details: { step: 'Write a' } });
    expect(states(kept)).toEqual(['rs1 a applied', 'rs1 b applied']);
  });
});
