/** Milliseconds until a stream that broke is opened again. */
const retryMs = 1000;

interface Following<T> {
  /** Opens the stream; the signal ends it. */
  readonly open: (signal: AbortSignal) => Promise<AsyncIterator<T[], unknown>>;
  readonly onItems: (items: T[]) => void;
  /** Hears why it broke; it is opened again all the same, unless this says false. */
  readonly onError?: (error: unknown) => boolean | undefined;
  /** It came to its own end: what it is about is no more. */
  readonly onEnd?: () => void;
}

/** Follows a stream until the returned function is called: over breaks, which it opens again after. */
export function follow<T>({ open, onItems, onError, onEnd }: Following<T>): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  // Asked anew each time: it changes while we wait.
  const isOver = () => signal.aborted;
  const run = async () => {
    while (!isOver()) {
      try {
        const stream = await open(signal);
        for (let next = await stream.next(); !next.done; next = await stream.next()) {
          if (isOver()) return;
          onItems(next.value);
        }
        if (!isOver()) onEnd?.();
        return;
      } catch (error) {
        if (isOver() || onError?.(error) === false) return;
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
  };
  void run();
  return () => {
    abort.abort();
  };
}
