import type { CurlOptions } from './curl-options.ts';

/** The command line of a run, and what its reader must know of it. */
export interface CurlCommand {
  readonly command: string;
  /** Curl processes that are started: no more than requests, nor than the rate can keep busy. */
  readonly processes: number;
}

/**
 * The shell command that sends a run's requests from the client VM.
 *
 * - One curl process sends many requests by URL globbing, each on a connection of its own.
 * - `stdbuf -oL`: curl's standard output is otherwise fully buffered, and a sample would wait for those after it.
 * - The output goes to a file without a name, of which `tail` sends on what is new ten times a second: a piece sent over
 *   SSH for every sample took a fifth of the client's requests a second. `---disable-inotify` has tail look at intervals,
 *   and not at every write.
 * - The loop takes its own time, from the first curl's start to the last one's end, since samples come in late.
 * - Each sample is one line below PIPE_BUF, so lines of several processes do not mix. It ends with a tag without a
 *   newline, which stays in curl's buffer and goes out in one write with the first bytes of the next body: so a body
 *   belongs to a process though all share one output. The first body of a process has no such tag before it; where
 *   several run, a transfer of nothing (`file:///dev/null`) comes first to leave one.
 * - `--rate` has curl wait between transfers, that first one included. The first process of a limited run therefore
 *   goes without it: it sends at once, and is alone until the others follow, spread over one interval.
 *
 * `marker` is a word that no page can know.
 */
export function curlCommand(options: CurlOptions, marker: string): CurlCommand {
  const processes = processCount(options);
  const each = Array.from({ length: processes }, (_, index) =>
    oneProcess(options, marker, processes, index + 1),
  );
  const curls =
    each.length === 1 ? each.join('') : `${each.map((line) => `{ ${line}; } &`).join('\n')}\nwait`;
  const command = `f=$(mktemp) && exec 3>>"$f" 4<"$f" && rm "$f" || exit 1
{
began=$(date +%s%N)
${curls}
printf '${marker}=%d\\n' $(($(date +%s%N) - began))
} >&3 &
tail -n +1 -f ---disable-inotify -s 0.1 --pid=$! <&4`;
  return { command, processes };
}

/** Whether the first process's first body comes without a tag. */
export function firstBodyIsUntagged(processes: number, ratePerSecond: number | undefined): boolean {
  return processes === 1 || ratePerSecond !== undefined;
}

function processCount({ concurrency, requests, ratePerSecond, timeoutSeconds }: CurlOptions): number {
  // More processes than requests can be under way at this rate would only begin later.
  const busy = ratePerSecond === undefined ? Infinity : Math.ceil(ratePerSecond * timeoutSeconds);
  return Math.max(1, Math.min(concurrency, requests, busy));
}

function oneProcess(options: CurlOptions, marker: string, processes: number, process: number): string {
  const { ratePerSecond, timeoutSeconds } = options;
  const announced = process > 1 || !firstBodyIsUntagged(processes, ratePerSecond);
  const delay =
    ratePerSecond !== undefined && process > 1 ? `sleep ${((process - 1) / ratePerSecond).toFixed(3)}; ` : '';
  const words = [
    // -q: a trainee's ~/.curlrc must not change what is measured.
    'stdbuf -oL curl -q -s --noproxy "*" -H "Connection: close"',
    `--connect-timeout ${Math.min(2, timeoutSeconds)} -m ${timeoutSeconds} --max-filesize 262144`,
    ...(ratePerSecond === undefined ? [] : [`--rate ${rateOf(ratePerSecond / processes)}`]),
    `-w '${writeOut(marker, process)}'`,
    ...(announced ? ['file:///dev/null'] : []),
    `'${urlOf(options, processes, process)}'`,
  ];
  return delay + words.join(' ');
}

/** The fields in the order in which curl-output.ts reads them; the words of the error, which may hold anything, last. */
function writeOut(marker: string, process: number): string {
  const fields = [
    'exitcode',
    'http_code',
    'local_port',
    'time_connect',
    'time_total',
    'url_effective',
    'errormsg',
  ];
  return `${marker}|${process}|${fields.map((field) => `%{${field}}`).join('|')}\\n${marker}:${process}:`;
}

/**
 * curl turns "N/U" into a whole number of milliseconds between two starts, rounded down (--rate in curl(1)): given per
 * day, the interval can be chosen to the millisecond, here never shorter than asked.
 */
function rateOf(perSecond: number): string {
  const dayMs = 86_400_000;
  return `${Math.floor(dayMs / Math.ceil(1000 / perSecond))}/d`;
}

/** Every nth request from this process's first. curl refuses a range with a step that holds one number. */
function urlOf({ vip, port, requests }: CurlOptions, processes: number, first: number): string {
  const last = first + Math.floor((requests - first) / processes) * processes;
  const numbers = last === first ? String(first) : `[${first}-${last}:${processes}]`;
  return `http://${vip}:${port}/?${numbers}`;
}
