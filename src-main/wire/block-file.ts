import { closeSync, ftruncateSync, openSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { LabError } from '../contract/lab-error.ts';
import { createChunkQueue, type ChunkQueue } from './chunk-queue.ts';
import type { Libc } from './libc.ts';
import { createPageSaver } from './page-cache.ts';

/** While the disk is behind, so many full chunks wait in memory. */
const chunksWaiting = 8;

/** A file that grows by whole blocks: whatever ends the program, it ends with a whole one. */
export interface BlockFile {
  /** Adds a block. Waits for a disk that has fallen far behind. After a failed write nothing is added any more. */
  add: ChunkQueue['add'];
  /** Has another thread write what has been added, and resolves once that is done, or has failed. */
  flush(): Promise<void>;
  /** Writes all that is left and closes. @throws LabError for the first write that failed. */
  close(): Promise<void>;
}

/**
 * Begins a file; one that is there is overwritten. Node's threads write it, one chunk after the other, so that the
 * thread that adds blocks does not stand still meanwhile.
 * @param libc keeps the file's pages from piling up in memory, where it can be had.
 * @throws LabError `bad-input` when it cannot be opened.
 */
export function openBlockFile(path: string, libc?: Libc): BlockFile {
  const file = open(path);
  const pages = libc && createPageSaver(libc, file);
  const queue = createChunkQueue();
  let writing: Promise<void> | undefined;
  let failure: LabError | undefined;

  const next = () => (failure ? undefined : queue.take());

  function fail(error: unknown, position: number): void {
    failure ??= writeError(path, error);
    cut(file, position);
  }

  /** What comes meanwhile is the next piece: so it ends when nothing comes any more. */
  async function writeBehind(): Promise<void> {
    for (let piece = next(); piece; piece = next()) {
      const { bytes, position } = piece;
      await writeWhole(file, bytes, position).catch((error: unknown) => {
        fail(error, position);
      });
      queue.giveBack(piece);
      pages?.written(position + bytes.length);
    }
  }

  function writeNow(): void {
    for (let piece = next(); piece; piece = next()) {
      try {
        writeWholeNow(file, piece.bytes, piece.position);
      } catch (error) {
        fail(error, piece.position);
      }
      queue.giveBack(piece);
    }
  }

  function flush(): Promise<void> {
    return (writing ??= writeBehind().finally(() => {
      writing = undefined;
    }));
  }

  return {
    add(length, fill) {
      if (failure) return;
      queue.add(length, fill);
      if (queue.full() > chunksWaiting) writeNow();
      else if (queue.full() > 0) void flush();
    },
    flush,
    async close() {
      await writing;
      writeNow();
      await pages?.settled();
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

const writeAside = promisify(write);

async function writeWhole(file: number, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await writeAside(file, bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function writeWholeNow(file: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
}

/** Takes away what a failed write left of its chunk, and what is beyond. */
function cut(file: number, position: number): void {
  try {
    ftruncateSync(file, position);
  } catch {
    // A device: what it took it has.
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
