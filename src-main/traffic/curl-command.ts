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
 * - With several source addresses every request needs an --interface of its own, which a globbed URL cannot have: curl
 *   then reads a configuration with a section for each, which awk writes in the guest.
 * - A run that is `held` starts its programs, and sends its first request once it reads a line from standard input. Curl
 *   is run for nothing meanwhile: an emulated processor translates a program the first time it runs, which takes longer
 *   than a request.
 * - bash tells the time itself; another shell has to start date for it.
 *
 * `marker` is a word that no page can know.
 */
export function curlCommand(options: CurlOptions, marker: string, held = false): CurlCommand {
  const processes = processCount(options);
  const each = Array.from({ length: processes }, (_, index) =>
    oneProcess(options, marker, processes, index + 1),
  );
  const curls =
    each.length === 1 ? each.join('') : `${each.map((line) => `{ ${line}; } &`).join('\n')}\nwait`;
  const hold = held ? `stdbuf -oL curl -q -s file:///dev/null\nread -r go <&5 || exit 1` : '';
  const command = `now() { t=\${EPOCHREALTIME-}; case $t in ?*) t=\${t%[.,]*}\${t#*[.,]}000;; *) t=$(date +%s%N);; esac; }
f=$(mktemp) && exec 3>>"$f" 4<"$f" 5<&0 && rm "$f" || exit 1
{
${hold}
now; began=$t
${curls}
now; printf '${marker}=%d\\n' $((t - began))
} >&3 &
tail -n +1 -f ---disable-inotify -s 0.1 --pid=$! <&4`;
  return { command, processes };
}

/** Whether the first process's first body comes without a tag. */
export function firstBodyIsUntagged(processes: number, ratePerSecond: number | undefined): boolean {
  return processes === 1 || ratePerSecond !== undefined;
}

/** How many processes send a load: what is under way at once. */
export function processCount({
  concurrency,
  requests,
  ratePerSecond,
  timeoutSeconds,
}: Pick<CurlOptions, 'concurrency' | 'requests' | 'timeoutSeconds'> & {
  ratePerSecond?: number | undefined;
}): number {
  // More processes than requests can be under way at this rate would only begin later.
  const busy = ratePerSecond === undefined ? Infinity : Math.ceil(ratePerSecond * timeoutSeconds);
  return Math.max(1, Math.min(concurrency, requests, busy));
}

function oneProcess(options: CurlOptions, marker: string, processes: number, process: number): string {
  const { ratePerSecond, timeoutSeconds, sources } = options;
  const announced = process > 1 || !firstBodyIsUntagged(processes, ratePerSecond);
  const delay =
    ratePerSecond !== undefined && process > 1 ? `sleep ${((process - 1) / ratePerSecond).toFixed(3)}; ` : '';
  // -q: a trainee's ~/.curlrc must not change what is measured.
  const curl = 'stdbuf -oL curl -q';
  const rate = ratePerSecond === undefined ? [] : [`--rate ${rateOf(ratePerSecond / processes)}`];
  if (sources) {
    const config = sourceConfig(options, writeOut(marker, process), announced, processes, process);
    return `${delay}${config} | ${[curl, ...rate, '-K -'].join(' ')}`;
  }
  const words = [
    `${curl} -s --noproxy "*" -H "Connection: close"`,
    `--connect-timeout ${connectSeconds(options)} -m ${timeoutSeconds} --max-filesize ${mostBytes}`,
    ...rate,
    `-w '${writeOut(marker, process)}'`,
    ...(announced ? ['file:///dev/null'] : []),
    `'${urlOf(options, processes, process)}'`,
  ];
  return delay + words.join(' ');
}

/**
 * Prints curl's configuration for one process: every nth request with the options of the command line above, and with
 * the source of its turn. Turns are rotated by one every round, so that a scheduler that goes round in step with the
 * sources does not look as if it bound each of them to a server.
 */
function sourceConfig(
  { vip, port, requests, sources = [], ...options }: CurlOptions,
  format: string,
  announced: boolean,
  processes: number,
  first: number,
): string {
  const settings = [
    'silent',
    'noproxy = "*"',
    'header = "Connection: close"',
    `connect-timeout = ${connectSeconds(options)}`,
    `max-time = ${options.timeoutSeconds}`,
    `max-filesize = ${mostBytes}`,
    `write-out = "${format}"`,
  ];
  const announcing = announced
    ? 'print ENVIRON["o"]; print "url = \\"file:///dev/null\\""; print "next"; '
    : '';
  return `o='${settings.join('\n')}' awk 'BEGIN { n = split("${sources.join(' ')}", s, " "); ${announcing}
for (i = ${first}; i <= ${requests}; i += ${processes}) { k = i - 1; if (i > ${first}) print "next"
print ENVIRON["o"]; printf "interface = \\"%s\\"\\n", s[(k + int(k / n)) % n + 1]
printf "url = \\"http://${vip}:${port}/?%d\\"\\n", i } }'`;
}

/** Which of the sources a request comes from, as `sourceConfig` has it. */
export function sourceOfRequest(number: number, sources: readonly string[]): string | undefined {
  const turn = number - 1;
  return sources[(turn + Math.floor(turn / sources.length)) % sources.length];
}

const mostBytes = 262_144;

function connectSeconds({ timeoutSeconds }: Pick<CurlOptions, 'timeoutSeconds'>): number {
  return Math.min(2, timeoutSeconds);
}

/** The fields in the order in which curl-output.ts reads them; the words of the error, which may hold anything, last. */
function writeOut(marker: string, process: number): string {
  const fields = [
    'exitcode',
    'http_code',
    'local_port',
    'time_connect',
    'time_total',
    'local_ip',
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
