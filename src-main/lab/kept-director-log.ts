import type { DirectorEvent, DirectorEventRows, DirectorState } from '../contract/director-log.ts';

/** Events in one line of the file: some 100 KB. */
const perLine = 2000;

/** A line of a director's log: the state, which is the first, or events as rows. */
export type DirectorLogLine = DirectorState | DirectorEventRows;

/** Gathers events into lines. */
export function directorLogLines(write: (line: DirectorLogLine) => void): {
  readonly add: (events: readonly DirectorEvent[]) => void;
  /** Writes what is left. */
  readonly end: () => void;
} {
  let waiting: DirectorEventRows = [];
  const flush = () => {
    if (waiting.length > 0) write(waiting);
    waiting = [];
  };
  return {
    add(events) {
      for (const { atMs, kind, client, to } of events) waiting.push([atMs, kind, client, to]);
      if (waiting.length >= perLine) flush();
    },
    end: flush,
  };
}
