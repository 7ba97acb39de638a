import { randomBytes } from 'node:crypto';
import type { Judgement } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import { curlCommand, firstBodyIsUntagged, sourceOfRequest } from './curl-command.ts';
import { parseCurlOptions } from './curl-options.ts';
import { createCurlOutputReader } from './curl-output.ts';
import { createRequestClock } from './request-times.ts';
import { isRequest, toMs, toSample, type CurlRecord, type Sample } from './sample.ts';
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
   * What must be known before the first request is sent. While it is awaited the client's programs start; no request is
   * sent when it rejects.
   */
  readonly ready?: Promise<unknown> | undefined;
  /**
   * Adds to samples what the client cannot know: which machine answered. Samples are counted, and handed over, as it
   * returns them.
   */
  readonly attribute?: ((samples: readonly Sample[]) => Promise<readonly Sample[]>) | undefined;
  /** Hears the samples as they come, in the order in which the requests ended. */
  readonly onSamples?: (samples: readonly Sample[]) => void;
  readonly signal?: AbortSignal | undefined;
}

/** What came back. */
export interface CurlRun extends RunSummary {
  /** Curl processes that shared the requests: with a low rate fewer than the concurrency asked for. */
  readonly concurrency: number;
}

/** What came back, judged. */
export interface RunResult extends CurlRun {
  /** What the scheduler promised, held against what came of it; undefined where nobody judged. */
  readonly judgement: Judgement | undefined;
}

/**
 * Sends a run's requests with curl from the client VM, one connection a request, and counts what comes back. A failed
 * request is a sample; only a loop that cannot be carried out is an error.
 * @throws LabError 'bad-input' for options out of bounds, 'cancelled', 'guest-command-failed' when the loop ends before
 * all requests (no curl in the guest, for one), 'guest-unreachable' when the session breaks; what `ready` or `attribute`
 * rejects with.
 */
export async function startCurlLoop(options: CurlLoopOptions): Promise<CurlRun> {
  const { session, service, ready, attribute, onSamples, signal } = options;
  const curl = parseCurlOptions({
    ...service,
    requests: options.requests,
    concurrency: options.concurrency ?? 1,
    ratePerSecond: options.ratePerSecond,
    timeoutSeconds: options.timeoutSeconds ?? 5,
    ...(options.sources && { sources: [...options.sources] }),
  });
  const marker = `~${randomBytes(8).toString('hex')}`;
  const { command, processes } = curlCommand(curl, marker, ready !== undefined);
  const reader = createCurlOutputReader(marker, firstBodyIsUntagged(processes, curl.ratePerSecond));
  const tally = createTally();
  const go = ready?.then(() => 'go\n');
  go?.catch(() => undefined); // Heard at the end, unless something else fails first.
  const takeIn = (samples: readonly Sample[]) => {
    for (const sample of samples) tally.add(sample);
    if (samples.length > 0) onSamples?.(samples);
  };
  // One after the other, in the order in which they came.
  let attributed = Promise.resolve();
  const sourceOf = (request: number) => sourceOfRequest(request, curl.sources ?? []);
  let lastErrors = '';
  const samplesOf = sampleReader(reader, curl.requests, sourceOf);
  const handOver = (samples: readonly Sample[]) => {
    if (!attribute) takeIn(samples);
    else if (samples.length > 0) {
      attributed = attributed.then(async () => {
        takeIn(await attribute(samples));
      });
      attributed.catch(() => undefined); // Heard at the end.
    }
  };
  const startedMs = performance.now();
  await session.stream(command, {
    signal,
    ...(go && { input: go }),
    onStdout(piece) {
      handOver(samplesOf.push(piece, performance.now() - startedMs));
    },
    onStderr(piece) {
      lastErrors = (lastErrors + piece.toString()).slice(-2000);
    },
  });
  handOver(samplesOf.rest());
  await go;
  await attributed;
  const summary = tally.summary();
  if (summary.requests < curl.requests) throw endedEarly(summary.requests, curl.requests, lastErrors);
  return { ...summary, concurrency: processes };
}

/**
 * Reads the samples of each piece of output, with when each request ended. The samples of the last requests wait for how
 * long the whole loop took by the client's clock: it comes within a tenth of a second.
 */
function sampleReader(
  reader: ReturnType<typeof createCurlOutputReader>,
  requests: number,
  sourceOf: (request: number) => string | undefined,
): { push: (piece: Buffer, arrivedMs: number) => Sample[]; rest: () => Sample[] } {
  const endsOf = createRequestClock();
  let waiting: CurlRecord[] = [];
  let [ended, cameMs] = [0, 0];
  const rest = () => {
    const records = waiting;
    waiting = [];
    const told = records.map(({ process, totalSeconds }) => ({ process, totalMs: toMs(totalSeconds) }));
    const ends = endsOf(told, cameMs, reader.spanMs());
    return records.flatMap((record, at) => toSample(record, ends[at] ?? cameMs, sourceOf) ?? []);
  };
  const push = (piece: Buffer, arrivedMs: number) => {
    const records = reader.push(piece).filter(({ url }) => isRequest(url));
    if (records.length > 0) cameMs = arrivedMs;
    waiting.push(...records);
    ended += records.length;
    return ended >= requests && reader.spanMs() === undefined ? [] : rest();
  };
  return { push, rest };
}

function endedEarly(ended: number, asked: number, errors: string): LabError {
  const why = errors.trim().split('\n').at(-1);
  return new LabError('guest-command-failed', `The curl loop ended after ${ended} of ${asked} requests.`, {
    ...(why && { why }),
    remedy:
      'Check that curl 7.84 or later and stdbuf (coreutils) are there in the client, then run it again.',
  });
}
