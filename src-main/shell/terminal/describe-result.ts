import { styleText } from 'node:util';
import type { Verdict } from '../../contract/ipvs.ts';
import type { LabResult } from '../../contract/lab-result.ts';
import { figureDigits } from '../../contract/load-figures.ts';
import type { LoadResult, LoadRun } from '../../contract/load.ts';
import type { Measurement } from '../../lab/measure-lab.ts';
import type { PortCounters } from '../../wire/lab-switch.ts';
import { barChart } from './bar-chart.ts';
import { describeLosses } from './describe-losses.ts';

const shownOfSequence = 16;

/** A run as a person reads it: who answered, how fast, what was promised, what the director counted. */
export function describeResult(
  result: LabResult,
  { tables }: Measurement,
  ports: readonly PortCounters[],
): string {
  const { timings } = result;
  return [
    ...describeLoad(result),
    fact('switch', describeLosses(ports)),
    fact(
      'times',
      `boot ${s(timings.bootMs)}, recipe ${s(timings.recipeMs)}, first reply after ${s(timings.firstReplyMs)}`,
    ),
    '',
    tables,
    '',
  ].join('\n');
}

/** A load on its own, a line an entry. */
export function describeLoad(
  load: Pick<LoadResult, 'lab' | 'mode' | 'scheduler' | 'run' | 'counters'>,
): string[] {
  const { lab, mode, scheduler, run, counters } = load;
  const { p50, p95, p99 } = run.latencyMs;
  return [
    '',
    styleText(
      'bold',
      `${lab}: ${mode.toUpperCase()} with ${scheduler}, ${run.requests} requests, ${run.failed} failed`,
    ),
    '',
    barChart(run.byServer),
    '',
    fact('sequence', sequence(run.sequence)),
    ...sources(run.bySource),
    ...serviceFacts(run),
    ...(run.promise ? promiseFacts(run.promise) : []),
    ...pages(run.pages),
    ...run.remarks.map(({ text }) => fact('remark', text)),
    fact('latency', `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}`),
    fact('rate', run.ratePerSecond === null ? 'none' : `${figure(run.ratePerSecond)} requests a second`),
    fact('director', `${counters.conns} connections, ${counters.inPkts} packets in, ${counters.outPkts} out`),
  ];
}

/** Who answered each address of the client, where there were several. */
function sources(bySource: LoadRun['bySource']): string[] {
  const entries = Object.entries(bySource);
  if (entries.length < 2) return [];
  return entries.map(([source, servers]) => {
    const counts = Object.entries(servers).map(([server, count]) => `${server} ${count}`);
    return fact('from', `${source}: ${counts.join(', ') || 'no reply'}`);
  });
}

/** The client's verdict, which comes first: whether the requests were answered. */
function serviceFacts({ service, unattributed, requests }: LoadRun): string[] {
  if (!service) return [];
  const { verdict, words, causes } = service;
  const mark = verdict === 'all-answered' ? styleText('green', '✓') : styleText('red', '✗');
  return [
    fact('service', `${mark} ${words.text}`),
    ...causes.map(({ text }) => fact('', text)),
    ...(unattributed > 0
      ? [fact('', `Who answered ${unattributed} of ${requests} requests is shown by no frame.`)]
      : []),
  ];
}

/** What the client read, where it is more than the machine's own name. */
function pages(byServer: LoadRun['pages']): string[] {
  const told = Object.entries(byServer).flatMap(([server, texts]) =>
    Object.keys(texts)
      .filter((text) => text !== server)
      .slice(0, 3)
      .map((text) => `${server} “${text}”`),
  );
  return told.length > 0 ? [fact('pages', told.join(', '))] : [];
}

const verdicts: Readonly<Record<Verdict, () => string>> = {
  'as-promised': () => styleText('green', '✓ scheduled as promised'),
  'not-as-promised': () => styleText('red', '✗ not scheduled as promised'),
  'too-short': () => styleText('yellow', '– too short to tell'),
  'not-predictable': () => styleText('dim', '– nothing judged'),
};

function promiseFacts({ promised, verdict, words }: NonNullable<LoadRun['promise']>): string[] {
  return [fact('promised', promised.text), fact('schedule', `${verdicts[verdict]()}: ${words.text}`)];
}

function fact(label: string, text: string): string {
  return `  ${styleText('dim', label.padEnd(9))} ${text}`;
}

function sequence(servers: readonly (string | null)[]): string {
  const shown = servers.slice(0, shownOfSequence).map((server) => server ?? styleText('red', '✗'));
  return shown.join(' ') + (servers.length > shownOfSequence ? ' …' : '');
}

function ms(milliseconds: number | null): string {
  return milliseconds === null ? '–' : `${figure(milliseconds)} ms`;
}

/** As the page and a report show it. */
function figure(value: number): string {
  return String(Number(value.toFixed(figureDigits(value))));
}

function s(milliseconds: number | null): string {
  return milliseconds === null ? '–' : `${(milliseconds / 1000).toFixed(1)} s`;
}
