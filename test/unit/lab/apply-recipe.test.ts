import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { appliedStepSchema, type AppliedStep } from '../../../src-main/plan/applied-step.ts';
import { applyRecipe } from '../../../src-main/lab/apply-recipe.ts';
import { undoRecipe } from '../../../src-main/lab/undo-recipe.ts';
import { verifyRecipe } from '../../../src-main/lab/verify-recipe.ts';
import { fileStep, scratchGuests, type ScratchGuests } from './scratch-guests.ts';

const read = (guests: ScratchGuests, node: string, file: string) =>
  readFile(path.join(guests.folderOf(node), file), 'utf8');

const states = (applied: readonly AppliedStep[]) =>
  applied.map(({ node, id, state }) => `${node} ${id} ${state}`);

describe.each(['/bin/sh', '/bin/bash'].filter((shell) => existsSync(shell)))('in %s', (shell) => {
  it('applies what is not so, leaves alone what is, and keeps what was said', async () => {
    await using guests = await scratchGuests(['rs1'], shell);
    await writeFile(path.join(guests.folderOf('rs1'), 'b'), 'two\n');
    const steps = [fileStep('rs1', 'a', 'one'), fileStep('rs1', 'b', 'two')];
    const progress: Progress[] = [];
    const applied = await applyRecipe({ steps, ...guests, onProgress: (one) => progress.push(one) });

    expect(states(applied)).toEqual(['rs1 a applied', 'rs1 b skipped']);
    expect(await read(guests, 'rs1', 'a')).toBe('one\n');
    expect(applied[0]?.commands.map(({ stage, exitCode, output }) => [stage, exitCode, output])).toEqual([
      ['verify', 1, ''],
      ['before', 0, 'none'],
      ['command', 0, 'writing a\na warning'],
      ['command', 0, ''],
      ['check', 0, ''],
    ]);
    expect(applied[0]?.commands[2]?.command).toBe(steps[0]?.commands[0]);
    expect(guests.sent).toHaveLength(1);
    expect(progress.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'a running',
      'a done',
      'b skipped',
    ]);
  });

  it('changes nothing the second time, and undoes the first from its record as JSON', async () => {
    await using guests = await scratchGuests(['rs1'], shell);
    const old = 'it\'s "$HOME" `id` {before.x} \\ *';
    await writeFile(path.join(guests.folderOf('rs1'), 'a'), `${old}\n`);
    await writeFile(path.join(guests.folderOf('rs1'), 'c'), 'three\n');
    const steps = [fileStep('rs1', 'a', 'one'), fileStep('rs1', 'b', 'two'), fileStep('rs1', 'c', 'three')];
    const first = await applyRecipe({ steps, ...guests });
    const second = await applyRecipe({ steps, ...guests, previous: first });
    expect(states(second)).toEqual(['rs1 a skipped', 'rs1 b skipped', 'rs1 c skipped']);

    const record = appliedStepSchema.array().parse(JSON.parse(JSON.stringify(second)));
    await undoRecipe({ applied: record, ...guests });
    expect(await read(guests, 'rs1', 'a')).toBe(`${old}\n`);
    expect(await readdir(guests.folderOf('rs1'))).toEqual(['a', 'c']);
  });

  it('goes back to what was before the first of several changes', async () => {
    await using guests = await scratchGuests(['rs1'], shell);
    const steps = [fileStep('rs1', 'a', 'one')];
    const first = await applyRecipe({ steps, ...guests });
    await writeFile(path.join(guests.folderOf('rs1'), 'a'), 'meddled\n');
    const second = await applyRecipe({ steps, ...guests, previous: first });
    expect(states(second)).toEqual(['rs1 a applied']);
    await undoRecipe({ applied: second, ...guests });
    expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
  });

  it('ends a command of several lines at the first that fails, and each in a shell of its own', async () => {
    await using guests = await scratchGuests(['rs1'], shell);
    const steps = [
      fileStep('rs1', 'a', 'one', { commands: ['cd /; x=1', 'test -z "$x"', 'false\necho one > a'] }),
      fileStep('rs1', 'b', 'two'),
    ];
    await expect(applyRecipe({ steps, ...guests })).rejects.toMatchObject({
      code: 'recipe-failed',
      details: { why: "'false\necho one > a' ended with 1" },
    });
    expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
  });

  it.each(['exit 3', 'if', 'exec false', 'set +e; false', 'echo "'])(
    'comes through a command such as %j',
    async (command) => {
      await using guests = await scratchGuests(['rs1'], shell);
      const steps = [fileStep('rs1', 'a', 'one', { commands: [command] }), fileStep('rs1', 'b', 'two')];
      await expect(applyRecipe({ steps, ...guests })).rejects.toMatchObject({
        code: 'recipe-failed',
        details: { node: 'rs1', step: 'Write a' },
      });
      expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
    },
  );

  it('undoes the last step first', async () => {
    await using guests = await scratchGuests(['rs1'], shell);
    const note = (file: string) => fileStep('rs1', file, file, { undo: [`echo ${file} >> order`] });
    const applied = await applyRecipe({ steps: [note('a'), note('b'), note('c')], ...guests });
    await undoRecipe({ applied, ...guests });
    expect(await read(guests, 'rs1', 'order')).toBe('c\nb\na\n');
  });
});

describe('a recipe that fails', () => {
  it('says where, what and why, and leaves a record from which all is undone', async () => {
    await using guests = await scratchGuests(['rs1']);
    const commands = ['echo half > b', 'echo first; echo no such module >&2; exit 4'];
    const steps = [
      fileStep('rs1', 'a', 'one'),
      fileStep('rs1', 'b', 'two', { commands }),
      fileStep('rs1', 'c', 'x'),
    ];
    let applied: readonly AppliedStep[] = [];
    const progress: string[] = [];
    const work = applyRecipe({
      steps,
      ...guests,
      onApplied: (so) => (applied = so),
      onProgress: ({ step, state }) => progress.push(`${step} ${state}`),
    });
    await expect(work).rejects.toMatchObject({
      code: 'recipe-failed',
      message: "'Write b' failed on rs1.",
      details: {
        node: 'rs1',
        step: 'Write b',
        why: `'${commands[1]}' ended with 4: no such module`,
        remedy: expect.stringContaining('apply the recipe again') as string,
      },
    });
    expect(progress).toEqual(['a running', 'a done', 'b failed']);
    expect(states(applied)).toEqual(['rs1 a applied', 'rs1 b failed']);
    await undoRecipe({ applied, ...guests });
    expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
  });

  it('fails as well when its commands end well and the wanted state is not there', async () => {
    await using guests = await scratchGuests(['rs1']);
    const steps = [fileStep('rs1', 'a', 'one', { commands: ['true'] })];
    await expect(applyRecipe({ steps, ...guests })).rejects.toMatchObject({
      details: { why: expect.stringMatching(/^Its commands were run, but/) as string },
    });
  });

  it('changes nothing where what was cannot be kept', async () => {
    await using guests = await scratchGuests(['rs1']);
    const steps = [fileStep('rs1', 'a', 'one', { before: { old: 'echo cannot tell >&2; exit 1' } })];
    let applied: readonly AppliedStep[] = [];
    const work = applyRecipe({ steps, ...guests, onApplied: (so) => (applied = so) });
    await expect(work).rejects.toMatchObject({
      details: { why: "'echo cannot tell >&2; exit 1' ended with 1: cannot tell" },
    });
    expect(applied.map(({ state, undo }) => [state, undo])).toEqual([['failed', []]]);
    expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
  });

  it('tells when a guest’s shell ends in the middle of a step', async () => {
    await using guests = await scratchGuests(['rs1']);
    const steps = [fileStep('rs1', 'a', 'one', { commands: ['kill -TERM $$'] }), fileStep('rs1', 'b', 'two')];
    await expect(applyRecipe({ steps, ...guests })).rejects.toMatchObject({
      code: 'recipe-failed',
      message: "The shell of rs1 ended in the middle of 'Write a'.",
      details: { node: 'rs1', step: 'Write a', why: 'It ended with 143.' },
    });
    expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
  });
});

describe('several nodes', () => {
  it('work at the same time: each can wait for the other’s first step', async () => {
    await using guests = await scratchGuests(['rs1', 'rs2']);
    const meet = (node: string, other: string) =>
      fileStep(node, 'a', 'one', {
        commands: [
          'touch here',
          `for i in $(seq 500); do test -e ../${other}/here && break; sleep 0.01; done`,
          'echo one > a',
        ],
      });
    const applied = await applyRecipe({ steps: [meet('rs1', 'rs2'), meet('rs2', 'rs1')], ...guests });
    expect(states(applied)).toEqual(['rs1 a applied', 'rs2 a applied']);
    expect(guests.sent).toHaveLength(2);
  });

  it('wait for each other only where a step says so', async () => {
    await using guests = await scratchGuests(['client', 'rs1']);
    const steps = [
      fileStep('client', 'a', 'one'),
      fileStep('client', 'last', 'x', { after: ['b'], commands: ['test -e ../rs1/b', 'echo x > last'] }),
      fileStep('rs1', 'b', 'two', { commands: ['sleep 0.2', 'echo two > b'] }),
    ];
    await applyRecipe({ steps, ...guests });
    expect(guests.sent.map(({ node }) => node)).toEqual(['client', 'rs1', 'client']);
  });

  it('do not begin what waits for a node that failed', async () => {
    await using guests = await scratchGuests(['client', 'rs1']);
    const steps = [
      fileStep('rs1', 'b', 'two', { commands: ['false'] }),
      fileStep('client', 'a', 'one'),
      fileStep('client', 'last', 'x', { after: ['b'] }),
    ];
    let applied: readonly AppliedStep[] = [];
    const work = applyRecipe({ steps, ...guests, onApplied: (so) => (applied = so) });
    await expect(work).rejects.toMatchObject({ details: { node: 'rs1' } });
    expect(await readdir(guests.folderOf('client'))).toEqual(['a']);
    expect(states(applied).sort()).toEqual(['client a applied', 'rs1 b failed']);
  });
});

describe('cancel', () => {
  it('lets what is under way end, so that it can be undone, and begins nothing more', async () => {
    await using guests = await scratchGuests(['client', 'rs1']);
    const cancel = new AbortController();
    const steps = [fileStep('rs1', 'b', 'two'), fileStep('client', 'last', 'x', { after: ['b'] })];
    const shellOf = (node: string) => ({
      run: (script: string) => {
        cancel.abort();
        return guests.shellOf(node).run(script);
      },
    });
    let applied: readonly AppliedStep[] = [];
    const work = applyRecipe({ steps, shellOf, signal: cancel.signal, onApplied: (so) => (applied = so) });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    expect(states(applied)).toEqual(['rs1 b applied']);
    expect(guests.sent).toHaveLength(1);
    await undoRecipe({ applied, ...guests });
    expect(await readdir(guests.folderOf('rs1'))).toEqual([]);
  });

  it('ends what does not end by itself', async () => {
    await using guests = await scratchGuests(['rs1']);
    const cancel = new AbortController();
    const steps = [fileStep('rs1', 'a', 'one', { commands: ['exec sleep 600'] })];
    const work = applyRecipe({ steps, ...guests, signal: cancel.signal });
    cancel.abort();
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  }, 20_000);

  it('before anything, sends nothing', async () => {
    await using guests = await scratchGuests(['rs1']);
    const signal = AbortSignal.abort();
    const steps = [fileStep('rs1', 'a', 'one')];
    await expect(applyRecipe({ steps, ...guests, signal })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(verifyRecipe({ steps, ...guests, signal })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(undoRecipe({ applied: [], ...guests, signal })).rejects.toMatchObject({ code: 'cancelled' });
    expect(guests.sent).toEqual([]);
  });
});

describe('verify', () => {
  it('changes nothing, and tells all that does not hold', async () => {
    await using guests = await scratchGuests(['rs1', 'rs2']);
    const steps = [fileStep('rs1', 'a', 'one'), fileStep('rs1', 'b', 'two'), fileStep('rs2', 'a', 'one')];
    await writeFile(path.join(guests.folderOf('rs1'), 'b'), 'two\n');
    const verified = verifyRecipe({ steps, ...guests });
    await expect(verified).rejects.toMatchObject({
      code: 'recipe-failed',
      details: {
        why: expect.stringMatching(
          /rs1: 'Write a' does not hold: [^]*rs2: 'Write a' does not hold: /,
        ) as string,
      },
    });
    expect(await readdir(guests.folderOf('rs2'))).toEqual([]);
    await applyRecipe({ steps, ...guests });
    await expect(verifyRecipe({ steps, ...guests })).resolves.toBeUndefined();
  });
});
