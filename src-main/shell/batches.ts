import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two arrays: twenty a second look live, and one message an item would saturate a core. */
const INTERVAL = 50;
/** Items kept for a reader that is slow. */
const LIMIT = 1000;

/** Long work that tells of items as it goes and ends with a result. */
export type Work<T, R> = (onItem: (item: T) => void, signal: AbortSignal) => Promise<R>;

/**
 * Runs work as a stream: arrays of what it tells, then its result. The work's signal fires when the reader's does and
 * when the reader goes away. When the reader is slower than the work, the oldest items go: the result has the whole.
 * @param limit Items kept for a slow reader; with 1 it gets the newest alone.
 */
export async function* inBatches<T, R>(
  work: Work<T, R>,
  signal?: AbortSignal,
  limit = LIMIT,
): AsyncGenerator<T[], R, unknown> {
  const reader = new AbortController();
  const items: T[] = [];
  let wake = Promise.withResolvers<undefined>();
  const onItem = (item: T) => {
    if (items.push(item) > limit) items.shift();
    wake.resolve(undefined);
  };
  const result = work(onItem, signal ? AbortSignal.any([signal, reader.signal]) : reader.signal);
  const ended = result.then(
    () => true,
    () => true,
  );
  try {
    for (;;) {
      const over = await Promise.race([ended, wake.promise]);
      if (!over) await Promise.race([ended, delay(INTERVAL)]);
      wake = Promise.withResolvers();
      if (items.length > 0) yield items.splice(0);
      if (over) return await result;
    }
  } finally {
    reader.abort();
    await ended;
  }
}
