/** What ends something that was started. It may be called when that has ended already. */
type End = () => unknown;

const started = new Set<End>();

/**
 * Does work, and ends what it started, however the work ends: also when this process is told to end meanwhile (see
 * `endOnSignals`), where no `finally` is come to.
 */
export async function ending<Result>(end: End, work: () => Promise<Result>): Promise<Result> {
  const forget = endAtExit(end);
  try {
    return await work();
  } finally {
    await forget();
  }
}

/** Has something ended when this process is told to end. @returns what ends it before that, once and no second time. */
export function endAtExit(end: End): () => Promise<void> {
  let ended: Promise<void> | undefined;
  const endOnce = () => {
    started.delete(endOnce);
    ended ??= (async () => {
      await end();
    })();
    return ended;
  };
  started.add(endOnce);
  return endOnce;
}

/** Ends all that was started and has not been ended, the last first. */
export async function endStarted(): Promise<void> {
  for (const end of [...started].reverse()) {
    try {
      await end();
    } catch (error) {
      process.stderr.write(`${String(error)}\n`);
    }
  }
}

/** Exit codes as shells have them: 128 and the signal's number. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Has a signal end what was started, the last first, and then this process. */
export function endOnSignals(): void {
  let told = false;
  for (const [signal, code] of Object.entries(signals)) {
    process.on(signal, () => {
      if (told) return;
      told = true;
      process.stderr.write('Ending what was started …\n');
      void endStarted().finally(() => process.exit(code));
    });
  }
}
