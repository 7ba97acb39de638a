import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';

/** A copy of the templates there are, for each test anew. */
export const scratch = {
  folder: '',
  /** A file of it, by its path in the folder. */
  file: (...names: string[]) => path.join(scratch.folder, ...names),
};

beforeEach(async () => {
  scratch.folder = await mkdtemp(path.join(tmpdir(), 'lvslab-templates-'));
  await cp(templatesFolder({}), scratch.folder, { recursive: true });
});

afterEach(() => rm(scratch.folder, { recursive: true }));

/** Changes a file by pairs of what is there and what is to be there; each must be found. */
export async function edit(file: string, ...changes: [from: string, to: string][]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, () => to);
  }
  await writeFile(file, text);
}

export async function refusal(work: Promise<unknown>): Promise<LabError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LabError)) throw new Error(`Not refused with a LabError: ${String(error)}`);
  return error;
}

/** Where the text stands in the file as it is now: `file:line:column:`. */
export async function place(file: string, text: string): Promise<string> {
  const before = (await readFile(file, 'utf8')).split(text)[0]!.split('\n');
  const name = path.relative(scratch.folder, file);
  return `${name}:${before.length}:${before.at(-1)!.length + 1}:`;
}

/** The lines that tell of problems, with paths in the folder. */
export async function problemsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await refusal(work);
  expect(error.code).toBe('bad-input');
  return (error.details.why ?? '').split('\n').map((line) => line.replaceAll(`${scratch.folder}/`, ''));
}
