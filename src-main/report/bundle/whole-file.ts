import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';

/** Whether a file that is there is replaced. */
interface Replacing {
  readonly force: boolean;
}

/**
 * Makes sure that a report can be written to a file, before anything is made for it.
 * @throws LabError `already-exists`, `bad-input`
 */
export async function checkTarget(file: string, { force }: Replacing): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(file, `The folder ${folder} is not there, or not yours to write to.`, error);
  }
  const there = await stat(file).catch(() => undefined);
  if (there && !there.isFile()) throw unwritable(file, 'It is there, and no ordinary file.');
  if (there && !force) throw taken(file);
}

/**
 * Writes a file whole or not at all: beside its place first. Whatever goes wrong, a cancel too, leaves nothing, and what
 * was there as it was.
 * @param write Fills the file that it is given.
 * @throws LabError `already-exists`, `bad-input`, `no-space`; whatever `write` throws.
 */
export async function writeWhole(
  file: string,
  options: Replacing & { readonly signal?: AbortSignal | undefined },
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  await checkTarget(file, options);
  // What a link points to is replaced, not the link.
  const target = await realpath(file).catch(() => path.resolve(file));
  const temporary = path.join(path.dirname(target), `.${randomUUID()}.part`);
  try {
    await write(temporary);
    await flush(temporary);
    options.signal?.throwIfAborted();
    await (options.force ? rename(temporary, target) : moveToFree(temporary, target));
  } catch (error) {
    throw await explained(error, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** To the disk, so that a crash right after the rename leaves no empty file. */
async function flush(file: string): Promise<void> {
  await using handle = await open(file, 'r+');
  await handle.sync();
}

/** A link fails where there is such a file meanwhile, which a rename would replace. */
async function moveToFree(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    // Some file systems, such as those of USB sticks, have no links.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) throw error;
    await checkTarget(target, { force: false });
    await rename(temporary, target);
  }
}

async function explained(error: unknown, file: string): Promise<unknown> {
  const code = codeOf(error);
  if (code === 'EEXIST') return taken(file);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new LabError('no-space', `There is no space for ${file}.`, {
      remedy: 'Make room there, or name a file elsewhere.',
      cause: error,
    });
  }
  const ofFiles = ['EACCES', 'EROFS', 'ENAMETOOLONG', 'EISDIR', 'EFBIG', 'EIO', 'EPERM'].includes(code);
  return ofFiles ? unwritable(file, error instanceof Error ? error.message : code, error) : error;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}

function taken(file: string): LabError {
  return new LabError('already-exists', `${file} is there already.`, {
    remedy: 'Name another file, or say --force to replace it.',
  });
}

function unwritable(file: string, why: string, cause?: unknown): LabError {
  return new LabError('bad-input', `The report cannot be written to ${file}.`, {
    why,
    remedy: 'Name a file in a folder of yours.',
    cause,
  });
}
