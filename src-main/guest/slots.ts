/** Lets so many through at once, the others in the order in which they came. */
export interface Slots {
  /** Resolves with what gives the slot back; rejects with the signal's reason when that comes first. */
  take(signal?: AbortSignal): Promise<() => void>;
}

export function createSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  const give = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  const slot = (): (() => void) => {
    let held = true;
    return () => {
      if (held) give();
      held = false;
    };
  };
  return {
    async take(signal) {
      signal?.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return slot();
      }
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      const turn = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve(undefined);
      };
      const abort = (): void => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', abort, { once: true });
      waiting.push(turn);
      await promise;
      return slot();
    },
  };
}
