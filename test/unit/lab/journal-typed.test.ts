import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readJournal } from '../../../src-main/lab/journal.ts';
import { journalFolder } from '../../../src-main/lab/journal-files.ts';
import { keepTyped, readTyped } from '../../../src-main/lab/journal-typed.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function lab() {
  const dataFolder = temporaryFolder();
  const folder = journalFolder(dataFolder, 'one');
  await mkdir(folder, { recursive: true });
  return { dataFolder, file: path.join(folder, 'typed.jsonl') };
}

const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 9, 0, second)).toISOString();

it('keeps lines beside the entries of the journal, in the order of time', async () => {
  const { dataFolder } = await lab();
  await keepTyped(dataFolder, 'one', { at: at(2), node: 'rs1', line: 'ip -br a' });
  await keepTyped(dataFolder, 'one', { at: at(1), node: 'director', line: 'ipvsadm\u001b[A -Ln' });
  expect(await readTyped(dataFolder, 'one')).toEqual([
    { at: at(1), node: 'director', line: 'ipvsadm [A -Ln' },
    { at: at(2), node: 'rs1', line: 'ip -br a' },
  ]);
  expect(await readJournal(dataFolder, 'one')).toEqual([]);
});

it('is bounded, by line and in all', async () => {
  const { dataFolder, file } = await lab();
  await keepTyped(dataFolder, 'one', { at: at(1), node: 'rs1', line: 'x'.repeat(5000) });
  expect((await readTyped(dataFolder, 'one'))[0]?.line).toHaveLength(1001);
  const full = `${JSON.stringify({ at: at(1), node: 'rs1', line: 'y'.repeat(900) })}\n`.repeat(1200);
  await writeFile(file, full);
  for (const second of [2, 3, 4])
    await keepTyped(dataFolder, 'one', { at: at(second), node: 'rs1', line: 'one too many' });
  const more = { at: at(2), node: 'rs1', line: '…', full: true };
  expect(await readFile(file, 'utf8'), 'tells once that there were more').toBe(
    `${full}${JSON.stringify(more)}\n`,
  );
  expect((await readTyped(dataFolder, 'one')).at(-1)).toEqual(more);
});

it('keeps nothing of a lab that is gone, and reads past what is broken', async () => {
  const { dataFolder, file } = await lab();
  await keepTyped(dataFolder, 'gone', { at: at(1), node: 'rs1', line: 'ls' });
  expect(await readTyped(dataFolder, 'gone')).toEqual([]);
  await writeFile(file, `{"at":"never"}\n${JSON.stringify({ at: at(1), node: 'rs1', line: 'ls' })}\n{"at`);
  expect(await readTyped(dataFolder, 'one')).toEqual([{ at: at(1), node: 'rs1', line: 'ls' }]);
});
