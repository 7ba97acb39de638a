import { randomBytes } from 'node:crypto';
import type { Judgement } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { Schedule } from '../ipvs/schedulers.ts';
import { curlCommand, firstBodyIsUntagged, sourceOfRequest } from './curl-command.ts';
import { parseCurlOptions } from './curl-options.ts';
import { createCurlOutputReader } from './curl-output.ts';
import { createJudge, type Judge } from './judge.ts';
import { toSample, type Sample } from './sample.ts';
import { createTally, type RunSummary } from './tally.ts';

export interface CurlLoopOptions {
  /** The client VM. */
  readonly session: Pick<GuestSession, 'stream'>;
  readonly service: { readonly vip: string; readonly port: number };
  /** 1 to 1,000,000. */
  readonly requests: number;
  /** Requests under way at once, 1 (the default) to 64. */
  readonly concurrency?: number;
  /** At most so many requests a second, at least 0.001; without it as fast as curl can. */
  readonly ratePerSecond?: number | undefined;
  /** The most one request may take; 5 by default. Connecting may take 2 of them. */
  readonly timeoutSeconds?: number;
  /**
   * The client's addresses that the requests come from by turns, 1 to 64, with at most 10,000 requests; the client must
   * have them (source-addresses.ts). Without it the kernel chooses one for all.
   */
  readonly sources?: readonly string[] | undefined;
  /**
   * What the run is held against, when it shall be. While it is awaited the client's programs start; the first request
   * is sent once it is there, and none when it rejects.
   */
  readonly schedule?: Schedule | Promise<Schedule>;
  /** Hears the samples as they come, in the order in which the requests ended. */
  readonly onSamples?: (samples: readonly Sample[]) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface RunResult extends RunSummary {
  /** Curl processes that shared the requests: with a low rate fewer than the concurrency asked for. */
  readonly concurrency: number;
  /** Undefined without a `schedule`. */
  readonly judgement: Judgement | undefined;
}

/**
 * Sends a run's requests with curl from the client VM, one connection a request, and counts what comes back. A failed
 * request is a sample; only a loop that cannot be carried out is an error.
 * @throws LabError 'bad-input' for options out of bounds, 'cancelled', 'guest-command-failed' when the loop ends before
 * all requests (no curl in the guest, for one), 'guest-unreachable' when the session breaks; what the schedule rejects with.
 */
export async function startCurlLoop(options: CurlLoopOptions): Promise<RunResult> {
  const { session, service, schedule, onSamples, signal } = options;
  const curl = parseCurlOptions({
    ...service,
    requests: options.requests,
    concurrency: options.concurrency ?? 1,
    ratePerSecond: options.ratePerSecond,
    timeoutSeconds: options.timeoutSeconds ?? 5,
    ...(options.sources && { sources: [...options.sources] }),
  });
  const marker = `~${randomBytes(8).toString('hex')}`;
  const { command, processes } = curlCommand(curl, marker, schedule instanceof Promise);
  const reader = createCurlOutputReader(marker, firstBodyIsUntagged(processes, curl.ratePerSecond));
  const tally = createTally();
  let judge: Judge | undefined;
  const judgeBy = (known: Schedule) => {
    judge = createJudge(known, { atOnce: processes });
    return 'go\n';
  };
  const go = schedule instanceof Promise ? schedule.then(judgeBy) : schedule && judgeBy(schedule);
  if (go instanceof Promise) go.catch(() => undefined); // Heard at the end, unless something else fails first.
  const sourceOf = (request: number) => sourceOfRequest(request, curl.sources ?? []);
  let lastErrors = '';
  const startedMs = performance.now();
  await session.stream(command, {
    signal,
    ...(go instanceof Promise && { input: go }),
    onStdout(piece) {
      const arrivedMs = performance.now() - startedMs;
      const samples = reader.push(piece).flatMap((record) => toSample(record, arrivedMs, sourceOf) ?? []);
      for (const sample of samples) {
        tally.add(sample);
        judge?.add(sample.server, sample.sourceAddress);
      }
      if (samples.length > 0) onSamples?.(samples);
    },
    onStderr(piece) {
      lastErrors = (lastErrors + piece.toString()).slice(-2000);
    },
  });
  await go;
  const summary = withSpan(tally.summary(), reader.spanMs());
  if (summary.requests < curl.requests) throw endedEarly(summary.requests, curl.requests, lastErrors);
  return { ...summary, concurrency: processes, judgement: judge?.judgement() };
}

/** The client's own time is the better one: samples reach us up to a tenth of a second late. */
function withSpan(summary: RunSummary, spanMs: number | undefined): RunSummary {
  if (spanMs === undefined || spanMs <= 0) return summary;
  return { ...summary, spanMs, ratePerSecond: (summary.requests * 1000) / spanMs };
}

function endedEarly(ended: number, asked: number, errors: string): LabError {
  const why = errors.trim().split('\n').at(-1);
  return new LabError('guest-command-failed', `The curl loop ended after ${ended} of ${asked} requests.`, {
    ...(why && { why }),
    remedy:
      'Check that curl 7.84 or later and stdbuf (coreutils) are there in the client, then run it again.',
  });
}
