import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { LabError } from '../contract/lab-error.ts';

/** Blocks wait in memory until this much has come or the owner flushes. */
const bufferBytes = 1024 * 1024;

/** A file that grows by whole blocks: whatever ends the program, it ends with a whole one, as of the last flush. */
export interface BlockFile {
  /** Adds a block that `write` fills in, where it is told to. After a failed write nothing is added any more. */
  add(length: number, write: (target: Buffer, at: number) => void): void;
  flush(): void;
  /** Flushes and closes. @throws LabError for the first write that failed. */
  close(): void;
}

/**
 * Begins a file; one that is there is overwritten.
 * @throws LabError `bad-input` when it cannot be opened.
 */
export function openBlockFile(path: string): BlockFile {
  const file = open(path);
  const buffer = Buffer.allocUnsafe(bufferBytes);
  let used = 0;
  let written = 0;
  let failure: LabError | undefined;

  function flush(): void {
    if (used === 0 || failure) return;
    try {
      writeWhole(file, buffer.subarray(0, used), written);
      written += used;
    } catch (error) {
      failure = writeError(path, error);
    }
    used = 0;
  }

  return {
    add(length, write) {
      if (used + length > bufferBytes) flush();
      if (failure) return;
      write(buffer, used);
      used += length;
    },
    flush,
    close() {
      flush();
      closeSync(file);
      if (failure) throw failure;
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch (error) {
    throw writeError(path, error);
  }
}

/** Writes all or, as far as the file system lets it, nothing. */
function writeWhole(file: number, bytes: Buffer, position: number): void {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done, position + done);
  } catch (error) {
    try {
      ftruncateSync(file, position);
    } catch {
      // A pipe or a device: what it took it has.
    }
    throw error;
  }
}

function writeError(path: string, error: unknown): LabError {
  const { code, message } = error as NodeJS.ErrnoException;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new LabError(full ? 'no-space' : 'bad-input', `Frames cannot be written to ${path}.`, {
    why: message,
    remedy: full ? 'Free some space, or name a file on another disk.' : 'Name a file in a folder of yours.',
    cause: error,
  });
}
