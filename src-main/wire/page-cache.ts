import { linux, type Libc } from './libc.ts';

/** So much is handed to the disk at once, at least. */
const piece = 2 * 1024 * 1024;
/** The disk has this much time, counted in bytes that came after. */
const behind = 8 * 1024 * 1024;

/** What keeps the pages of a growing file from piling up in memory. */
export interface PageSaver {
  /** Hears that the file has been written so far. */
  written(end: number): void;
  /** Resolves when nothing is under way, so that the file may be closed. */
  settled(): Promise<void>;
}

/**
 * Hands a file to the disk while it grows, and gives its pages back once they are there: the next ones then take their
 * place. A file that is only written leaves as many pages behind as it is long, and getting fresh memory for them
 * takes the kernel several times as long as filling them. Pages that a slow disk does not have yet just stay.
 */
export function createPageSaver(libc: Libc, file: number): PageSaver {
  let begun = 0;
  let forgotten = 0;
  let advising: Promise<unknown> | undefined;

  function advise(end: number): Promise<unknown> {
    const [from, oldest, old] = [begun, forgotten, Math.max(forgotten, begun - behind)];
    [begun, forgotten] = [end, old];
    return Promise.allSettled([
      libc.sync_file_range(file, from, end - from, linux.SYNC_FILE_RANGE_WRITE),
      // No length would mean: up to the end.
      old > oldest && libc.posix_fadvise(file, oldest, old - oldest, linux.POSIX_FADV_DONTNEED),
    ]);
  }

  return {
    written(end) {
      const whole = end - (end % piece);
      if (advising || whole <= begun) return;
      advising = advise(whole).finally(() => {
        advising = undefined;
      });
    },
    async settled() {
      await advising;
    },
  };
}
