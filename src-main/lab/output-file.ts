import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../contract/lab-error.ts';

/** A kind of file that LVS Lab writes where the user says. */
export interface OutputKind {
  /** What is written there, to begin a sentence: "Frames". */
  readonly contents: string;
  /** "a capture" */
  readonly name: string;
  /** What every such file begins with. */
  readonly magic: Buffer;
}

/**
 * Makes sure that a file can be written, before anything of the lab is made. An earlier one of its kind there is
 * replaced; any other file of the user is not.
 * @throws LabError `bad-input`
 */
export async function checkOutputFile(file: string, kind: OutputKind): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(file, kind, `The folder ${folder} is not there, or not yours to write to.`, error);
  }
  const beginning = await beginningOf(file, kind);
  if (beginning === undefined || beginning.length === 0 || beginning.equals(kind.magic)) return;
  throw new LabError('bad-input', `${file} is not ${kind.name}, and would be overwritten.`, {
    remedy: 'Name another file, or remove that one first.',
  });
}

/** Undefined when there is no such file. */
async function beginningOf(file: string, kind: OutputKind): Promise<Buffer | undefined> {
  try {
    await using handle = await open(file, 'r+');
    const { length } = kind.magic;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unwritable(file, kind, error instanceof Error ? error.message : String(error), error);
  }
}

function unwritable(file: string, { contents }: OutputKind, why: string, cause: unknown): LabError {
  return new LabError('bad-input', `${contents} cannot be written to ${file}.`, {
    why,
    remedy: 'Name a file in a folder of yours.',
    cause,
  });
}
