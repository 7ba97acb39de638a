import type { HealthDrill } from '../../contract/health-drill.ts';

const checkers = {
  loop: 'the shell loop lvs-health checks the real servers',
  keepalived: 'keepalived checks the real servers',
} as const;

/** What a drill came to, as a timeline for people. */
export function describeHealth(lab: string, drill: HealthDrill): string {
  const { mode, server, checker, requests, failures, seconds } = drill;
  const failed = Object.entries(failures).map(([kind, count]) => `${kind} ${count}`);
  const bad = seconds.filter((each) => Object.keys(each.failures).length > 0);
  return [
    `${lab}, mode ${mode}: ${checker ? checkers[checker] : 'nothing checks the real servers'}.`,
    '',
    ...eventsOf(drill).map(({ atMs, words }) => `  ${inSeconds(atMs).padStart(8)}  ${words}`),
    '',
    verdictOn(drill, server),
    `Of ${requests} requests failed: ${failed.join(', ') || 'none'}.`,
    ...(drill.cause ? [drill.cause.text] : []),
    ...(drill.clients.length > 1 ? ['', ...drill.clients.map(describeClient)] : []),
    ...(bad.length > 0 ? ['', '    second  requests  failed', ...bad.map(describeSecond)] : []),
  ].join('\n');
}

function eventsOf({
  server,
  stoppedMs,
  outMs,
  startedMs,
  backMs,
  firstErrorMs,
  lastErrorMs,
}: HealthDrill): { atMs: number; words: string }[] {
  const events = [
    { atMs: stoppedMs, words: `the web server of ${server} is stopped` },
    { atMs: firstErrorMs, words: 'first error' },
    { atMs: outMs, words: `${server} is taken out of the director's table` },
    { atMs: lastErrorMs, words: 'last error' },
    { atMs: startedMs, words: `the web server of ${server} is started again` },
    { atMs: backMs, words: `${server} is back in` },
  ];
  return events
    .flatMap(({ atMs, words }) => (atMs === null ? [] : [{ atMs, words }]))
    .sort((a, b) => a.atMs - b.atMs);
}

function verdictOn(
  { stoppedMs, outMs, startedMs, backMs, errorsLastedMs }: HealthDrill,
  server: string,
): string {
  const errors = errorsLastedMs > 0 ? `errors lasted ${inSeconds(errorsLastedMs)}` : 'no request failed';
  const down = inSeconds(startedMs - stoppedMs);
  if (outMs === null) return `Nobody took ${server} out in the ${down} it was down: ${errors}.`;
  const back =
    backMs === null ? 'did not come back' : `back in ${inSeconds(backMs - startedMs)} after the start`;
  return `${server} was out ${inSeconds(outMs - stoppedMs)} after the stop, and ${back}; ${errors}.`;
}

function describeClient({
  address,
  requests,
  failed,
  errorsLastedMs,
}: HealthDrill['clients'][number]): string {
  const lasted = errorsLastedMs > 0 ? `, until ${inSeconds(errorsLastedMs)} after the stop` : '';
  return `  ${address.padEnd(15)}  ${failed} of ${requests} failed${lasted}`;
}

function describeSecond({ second, requests, failures }: HealthDrill['seconds'][number]): string {
  const kinds = Object.entries(failures).map(([kind, count]) => `${kind} ${count}`);
  return `  ${String(second).padStart(8)}  ${String(requests).padStart(8)}  ${kinds.join(', ')}`;
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
