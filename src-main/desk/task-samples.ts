import { appendSamples, noSamples, sampleColumnsSchema, type SampleColumns } from '../contract/journal.ts';

/** The samples of a load, kept for who comes later. */
export interface TaskSamples {
  readonly count: number;
  /** Takes what a load handed over; anything else is left aside. */
  add(event: unknown): void;
  /** Nothing comes after this. */
  end(): void;
  /** All from the first on, then those that come, until the load has ended or the signal says so. */
  follow(onItem: (samples: SampleColumns) => void, signal: AbortSignal): Promise<void>;
}

export function createTaskSamples(): TaskSamples {
  const kept: SampleColumns[] = [];
  const listeners = new Set<(samples: SampleColumns) => void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    add: (event) => {
      const { data } = sampleColumnsSchema.safeParse(event);
      if (!data) return;
      count += data.number.length;
      kept.push(data);
      for (const listener of listeners) listener(data);
    },
    end: () => {
      end(undefined);
    },
    follow: async (onItem, signal) => {
      if (kept.length > 0) onItem(joined(kept));
      listeners.add(onItem);
      const left = Promise.withResolvers<undefined>();
      const leave = () => {
        left.resolve(undefined);
      };
      signal.addEventListener('abort', leave);
      if (signal.aborted) leave();
      await Promise.race([ended, left.promise]);
      signal.removeEventListener('abort', leave);
      listeners.delete(onItem);
    },
  };
}

function joined(parts: readonly SampleColumns[]): SampleColumns {
  const all = noSamples(parts[0]?.from ?? 0);
  for (const part of parts) appendSamples(all, part);
  return all;
}
