import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { createKeptComparisons } from '../../../src-main/desk/kept-comparisons.ts';
import { createLabContext } from '../../../src-main/lab/create-lab-context.ts';
import { labFolder } from '../../../src-main/lab/lab-record.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A data folder with the folder of one lab in it, as a lab that runs has it. */
async function withLab() {
  const context = { ...createLabContext(), dataFolder: temporaryFolder() };
  const temporary = temporaryFolder();
  vi.stubEnv('TMPDIR', temporary);
  const folder = labFolder(context.dataFolder, 'compared');
  mkdirSync(path.join(folder, 'journal'), { recursive: true });
  mkdirSync(path.join(folder, 'rs1'));
  writeFileSync(path.join(folder, 'lab.json'), '{}');
  writeFileSync(path.join(folder, 'journal', '1.json'), '{}');
  writeFileSync(path.join(folder, 'journal', '1.pcapng'), 'frames');
  writeFileSync(path.join(folder, 'rs1', 'disk.qcow2'), 'much');
  const socket = createServer().listen(path.join(folder, 'control'));
  await new Promise((resolve) => socket.once('listening', resolve));
  onTestFinished(() => void socket.close());
  return { context, folder, temporary };
}

it('keeps what a report needs, and no disk, when the lab is gone', async () => {
  const { context, folder, temporary } = await withLab();
  const comparisons = createKeptComparisons(context);
  await comparisons.keep('task-1', 'compared');
  rmSync(folder, { recursive: true });
  const place = comparisons.find('task-1');
  expect(place?.lab).toBe('compared');
  const kept = labFolder(place?.context.dataFolder ?? '', 'compared');
  expect(readdirSync(kept, { recursive: true }).sort()).toEqual([
    ...['journal', 'journal/1.json', 'journal/1.pcapng', 'lab.json'],
  ]);
  expect(comparisons.find('compared'), 'by its task alone').toBeUndefined();
  await comparisons.close();
  expect(comparisons.find('task-1')).toBeUndefined();
  expect(readdirSync(temporary)).toEqual([]);
});

it('keeps the newest eight', async () => {
  const { context } = await withLab();
  const comparisons = createKeptComparisons(context);
  for (let task = 1; task <= 9; task++) await comparisons.keep(`task-${task}`, 'compared');
  expect(comparisons.find('task-1')).toBeUndefined();
  expect(existsSync(comparisons.find('task-2')?.context.dataFolder ?? '')).toBe(true);
  await comparisons.close();
});

it('has nothing of a lab that could not be copied', async () => {
  const { context, temporary } = await withLab();
  const comparisons = createKeptComparisons(context);
  await expect(comparisons.keep('task-1', 'other')).rejects.toThrow();
  expect(comparisons.find('task-1')).toBeUndefined();
  expect(readdirSync(temporary)).toEqual([]);
});
