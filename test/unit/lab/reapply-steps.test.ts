import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyRecipe } from '../../../src-main/lab/apply-recipe.ts';
import { reapplySteps } from '../../../src-main/lab/reapply-steps.ts';
import { fileStep, scratchGuests } from './scratch-guests.ts';

const steps = [fileStep('rs1', 'a', 'one'), fileStep('rs1', 'b', 'two')];

describe('reapplySteps', () => {
  it('applies again what does not hold, and that alone, with what it ran', async () => {
    await using guests = await scratchGuests(['rs1']);
    const applied = await applyRecipe({ steps, ...guests });
    await rm(path.join(guests.folderOf('rs1'), 'b'));
    const again = await reapplySteps({ steps, applied, ...guests });
    expect(again.map(({ id, state }) => [id, state])).toEqual([['b', 'applied']]);
    expect(again[0]?.commands.map(({ stage }) => stage)).toContain('command');
    expect(again[0]?.undo).toEqual(applied[1]?.undo);
    expect(await readFile(path.join(guests.folderOf('rs1'), 'b'), 'utf8')).toBe('two\n');
  });

  it('changes nothing where all holds', async () => {
    await using guests = await scratchGuests(['rs1']);
    const applied = await applyRecipe({ steps, ...guests });
    const before = guests.sent.length;
    expect(await reapplySteps({ steps, applied, ...guests })).toEqual([]);
    expect(guests.sent.length - before, 'it looks once').toBe(1);
  });

  it('takes away first what a step cannot be applied over', async () => {
    await using guests = await scratchGuests(['rs1']);
    // As `ipvsadm -a`, which refuses an entry that is there with another weight.
    const adding = fileStep('rs1', 'entry', 'weight 1', {
      before: {},
      commands: ['test ! -e entry', "echo 'weight 1' > entry"],
      undo: ['rm entry'],
    });
    const applied = await applyRecipe({ steps: [adding], ...guests });
    const file = path.join(guests.folderOf('rs1'), 'entry');
    await writeFile(file, 'weight 7\n');
    const again = await reapplySteps({ steps: [adding], applied, ...guests });
    expect(again.map(({ id, state }) => [id, state])).toEqual([['entry', 'applied']]);
    expect(await readFile(file, 'utf8')).toBe('weight 1\n');
  });
});
