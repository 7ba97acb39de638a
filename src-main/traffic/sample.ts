/** Why a request is counted as failed: a connection's end by its kind, or the HTTP status that was not 2xx. */
export type FailureKind = 'timeout' | 'refused' | 'reset' | `http-${number}` | 'other';

/** One request of a run, as curl saw it. Times are in milliseconds. */
export interface Sample {
  /** Its number in the run, from 1; with concurrency, replies come in another order. */
  readonly number: number;
  /**
   * The machine that answered, as the frames of its connection show it; null when the request failed, and where nobody
   * looked at the frames or they do not show it.
   */
  readonly server: string | null;
  /** The machine that the director handed the connection to, also of a request that failed; null where none is known. */
  readonly handedTo: string | null;
  /** What the page said: its first words, without markup. Null when it was empty, or the request failed. */
  readonly page: string | null;
  /** Null when no reply came. */
  readonly httpStatus: number | null;
  /** Null when the request was answered with a status of 2xx. */
  readonly failure: {
    readonly kind: FailureKind;
    readonly curlExitCode: number;
    readonly words: string;
  } | null;
  /** From the start of the request until TCP was connected; null when it never was. */
  readonly connectMs: number | null;
  /** From the start of the request to its end. */
  readonly totalMs: number;
  /** The client's TCP port; null when curl could not tell. */
  readonly sourcePort: number | null;
  /** The client's address; null when curl could not tell, and it was not asked to use one. */
  readonly sourceAddress: string | null;
  /**
   * When it had ended, to 100 ms, in milliseconds since the loop was started, or of a load since its first request was:
   * curl 7.88 tells no time, and its output reaches the host up to 100 ms late.
   */
  readonly arrivedMs: number;
}

/** What curl's --write-out tells of one transfer. */
export interface CurlRecord {
  /** Which of the run's curl processes. */
  readonly process: number;
  readonly exitCode: number;
  readonly httpStatus: number;
  readonly localPort: number;
  readonly connectSeconds: number;
  readonly totalSeconds: number;
  /** Empty when there was no connection. */
  readonly localIp: string;
  readonly url: string;
  readonly errorWords: string;
  /** The first words of the body, without markup. */
  readonly page: string | null;
}

const requestNumber = /\?(\d+)$/;

/** Whether a transfer is a request of the run, and not one that only announces a process. */
export function isRequest(url: string): boolean {
  return requestNumber.test(url);
}

/**
 * The sample a record stands for; undefined for the transfer that only announces a process (its URL has no number).
 * `sourceOf` tells the address a request was to come from, where one was asked for.
 */
export function toSample(
  record: CurlRecord,
  arrivedMs: number,
  sourceOf?: (request: number) => string | undefined,
): Sample | undefined {
  const number = requestNumber.exec(record.url)?.[1];
  if (number === undefined) return undefined;
  const failure = failureOf(record);
  return {
    number: Number(number),
    ...{ server: null, handedTo: null, page: failure ? null : record.page },
    httpStatus: record.httpStatus || null,
    failure,
    connectMs: record.connectSeconds > 0 ? toMs(record.connectSeconds) : null,
    totalMs: toMs(record.totalSeconds),
    sourcePort: record.localPort > 0 ? record.localPort : null,
    sourceAddress: record.localIp || (sourceOf?.(Number(number)) ?? null),
    arrivedMs,
  };
}

/**
 * curl's exit codes (EXIT CODES in curl(1)). 7 is "could not connect": in a lab a refusal, since a host that is away
 * runs into --connect-timeout (28) before the kernel reports it unreachable.
 */
function failureOf({ exitCode, httpStatus, errorWords }: CurlRecord): Sample['failure'] {
  if (exitCode === 0) {
    if (httpStatus >= 200 && httpStatus < 300) return null;
    return { kind: `http-${httpStatus}`, curlExitCode: 0, words: `HTTP status ${httpStatus}` };
  }
  return { kind: kindOf(exitCode, errorWords), curlExitCode: exitCode, words: errorWords };
}

function kindOf(exitCode: number, words: string): FailureKind {
  if (exitCode === 28) return 'timeout';
  if (exitCode === 7) return 'refused';
  return /reset by peer/i.test(words) ? 'reset' : 'other';
}

/** curl counts in microseconds: no more digits than it has. */
export function toMs(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e3;
}
