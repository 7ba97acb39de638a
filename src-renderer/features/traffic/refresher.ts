/** Milliseconds between two refreshes, at the least. */
const leastPause = 100;

export interface Refresher {
  /** Has the work done soon. Asked again and again, it is done about ten times a second. */
  ask(): void;
  /** Does it at once, in place of what was asked. */
  now(): void;
  stop(): void;
}

/** Does work in animation frames, so seldom that it takes a tenth of the page's time at most. */
export function createRefresher(work: () => void): Refresher {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  let due = 0;
  const stop = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    timer = undefined;
    frame = 0;
  };
  const now = () => {
    stop();
    const began = performance.now();
    work();
    const ended = performance.now();
    due = ended + Math.max(leastPause, 9 * (ended - began));
  };
  return {
    ask() {
      if (timer !== undefined || frame !== 0) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          frame = requestAnimationFrame(now);
        },
        Math.max(0, due - performance.now()),
      );
    },
    now,
    stop,
  };
}
