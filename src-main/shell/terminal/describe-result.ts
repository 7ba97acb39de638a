import { styleText } from 'node:util';
import type { LabResult } from '../../contract/lab-result.ts';
import type { Measurement } from '../../lab/measure-lab.ts';
import type { PortCounters } from '../../wire/lab-switch.ts';
import { barChart } from './bar-chart.ts';
import { describeLosses } from './describe-losses.ts';

const shownOfSequence = 16;

/** A run as a person reads it: who answered, how fast, what was promised, what the director counted. */
export function describeResult(
  { lab, mode, scheduler, run, counters, timings }: LabResult,
  { result, tables }: Measurement,
  ports: readonly PortCounters[],
): string {
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
    ...(run.promise ? [fact('promise', `${verdictMark(run.promise.verdict)} ${run.promise.words}`)] : []),
    ...Object.entries(result.failures).map(([kind, count]) => fact('failed', `${count} ${kind}`)),
    fact('latency', `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}`),
    fact('rate', run.ratePerSecond === null ? 'none' : `${run.ratePerSecond.toFixed(1)} requests a second`),
    fact('director', `${counters.conns} connections, ${counters.inPkts} packets in, ${counters.outPkts} out`),
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

function fact(label: string, text: string): string {
  return `  ${styleText('dim', label.padEnd(9))} ${text}`;
}

function sequence(servers: readonly (string | null)[]): string {
  const shown = servers.slice(0, shownOfSequence).map((server) => server ?? styleText('red', '✗'));
  return shown.join(' ') + (servers.length > shownOfSequence ? ' …' : '');
}

function verdictMark(verdict: NonNullable<LabResult['run']['promise']>['verdict']): string {
  if (verdict === 'as-promised') return styleText('green', '✓');
  return verdict === 'not-as-promised' ? styleText('red', '✗') : styleText('dim', '–');
}

function ms(milliseconds: number | null): string {
  return milliseconds === null ? '–' : `${milliseconds.toFixed(1)} ms`;
}

function s(milliseconds: number | null): string {
  return milliseconds === null ? '–' : `${(milliseconds / 1000).toFixed(1)} s`;
}
