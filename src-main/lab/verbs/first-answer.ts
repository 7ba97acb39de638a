import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/lab-error.ts';
import type { Sample } from '../../traffic/sample.ts';

/** Milliseconds for the first answer: in a slow guest curl alone takes seconds to start. */
export const firstAnswerMs = 60_000;

/** A load that is under way. */
export interface Load {
  readonly samples: readonly Sample[];
  /** Milliseconds since it began. */
  readonly now: () => number;
}

/** Waits for the first answer. @throws LabError `guest-command-failed` when none comes in time, with what came instead. */
export async function firstAnswer({ samples, now }: Load, signal: AbortSignal): Promise<void> {
  const deadline = now() + firstAnswerMs;
  while (!samples.some(({ failure }) => failure === null)) {
    if (now() >= deadline) throw notAnswering(samples);
    await sleep(100, undefined, { signal });
  }
}

function notAnswering(samples: readonly Sample[]): LabError {
  const kinds = Map.groupBy(samples, ({ failure }) => failure?.kind ?? 'answered');
  const seen = [...kinds].map(([kind, own]) => `${own.length} ${kind}`).join(', ');
  const seconds = firstAnswerMs / 1000;
  return new LabError(
    'guest-command-failed',
    `The service answered no request of the client in ${seconds} s.`,
    {
      why: samples.length === 0 ? 'No request came to an end.' : `Requests that ended: ${seen}.`,
      remedy: "Mend it before a drill: 'lvslab drift' and 'lvslab verify' tell what is wrong.",
    },
  );
}
