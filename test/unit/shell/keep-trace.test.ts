import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { runStep } from '../../../src-main/lab/task.ts';
import { keepTrace } from '../../../src-main/shell/terminal/keep-trace.ts';
import { createOutput, type Output } from '../../../src-main/shell/terminal/output.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function terminal() {
  const notes: string[] = [];
  const told: Progress[] = [];
  const output: Output = { ...createOutput(true), note: (text) => notes.push(text) };
  const work = {
    onProgress: (progress: Progress) => void told.push(progress),
    signal: new AbortController().signal,
  };
  return { notes, told, output, work };
}

describe('keepTrace', () => {
  it('writes the steps of work that failed, and passes them on', async () => {
    const file = path.join(temporaryFolder(), 'trace.json');
    const { output, work, told } = terminal();
    const failing = async () => {
      await using trace = await keepTrace(file, output, work);
      await runStep(trace.work, { node: 'rs1', id: 'boot', title: 'Boot' }, async () => {
        throw new Error('It broke.');
      });
    };
    await expect(failing()).rejects.toMatchObject({ code: 'internal' });
    expect(readFileSync(file, 'utf8')).toContain('"state":"failed"');
    expect(told.map(({ state }) => state)).toEqual(['running', 'failed']);
  });

  it('does not write again, at its disposal, what was finished', async () => {
    const file = path.join(temporaryFolder(), 'trace.json');
    const { output, work } = terminal();
    {
      await using trace = await keepTrace(file, output, work);
      await trace.finish();
      rmSync(file);
    }
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  it('makes no more than a remark of a file that could not be written after all', async () => {
    const folder = path.join(temporaryFolder(), 'gone');
    mkdirSync(folder);
    const { output, work, notes } = terminal();
    const trace = await keepTrace(path.join(folder, 'trace.json'), output, work);
    rmSync(folder, { recursive: true });
    await trace.finish();
    expect(notes).toEqual([expect.stringContaining('was not written')]);
  });

  it('refuses a file that cannot be written before anything begins', async () => {
    const { output, work } = terminal();
    await expect(keepTrace(temporaryFolder(), output, work)).rejects.toMatchObject({ code: 'bad-input' });
  });
});
