/** What somebody waits for who looks again from time to time, and sooner when told to. */
export interface Wake {
  readonly up: () => void;
  /** Until `up` was called since the last waiting began, the time is over, or the signal is set off. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** @param pause Milliseconds that are waited in any case, so that what comes in bursts is looked at once. */
export function createWake(pause: number): Wake {
  let told = Promise.withResolvers<undefined>();
  return {
    up: () => {
      told.resolve(undefined);
    },
    wait: async (milliseconds, signal) => {
      await timeOr(pause, signal);
      await timeOr(Math.max(0, milliseconds - pause), signal, told.promise);
      told = Promise.withResolvers();
    },
  };
}

function timeOr(milliseconds: number, signal: AbortSignal, told?: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    void told?.then(end);
  });
}
