import type { SampleColumns } from '../../contract/journal.ts';
import { LabError } from '../../contract/lab-error.ts';
import { percentiles } from '../../traffic/tally.ts';
import { runFigures } from '../figures/run-figures.ts';
import type { ReportedRun } from '../model/run.ts';
import { expectSame, type Ledger } from './ledger.ts';

/** Computes every figure of a run anew from its samples. @throws LabError `bad-input` naming a line that is no sample. */
export async function checkSamples(
  ledger: Ledger,
  file: string,
  run: ReportedRun,
  samples: AsyncIterable<SampleColumns>,
): Promise<void> {
  const { schedule, request, disturbedBy, entry } = run;
  const figures = await runFigures(sane(samples), { schedule, request, disturbedBy });
  expectSame(ledger, { file, what: `run of entry ${entry}` }, { figures }, { figures: run.figures });
}

/** A load cannot last longer: a time beyond it would have the seconds of a run fill the memory. */
const longestMs = 7 * 24 * 3600 * 1000;

async function* sane(samples: AsyncIterable<SampleColumns>): AsyncGenerator<SampleColumns> {
  const seen = new Set<number>();
  for await (const columns of samples) {
    for (const [row, number] of columns.number.entries()) {
      const line = columns.from + row + 2;
      for (const ms of [columns.arrivedMs[row], columns.totalMs[row]]) {
        if (ms === undefined || !(ms >= 0 && ms <= longestMs)) throw impossible(line, `${String(ms)} ms`);
      }
      if (seen.has(number)) throw impossible(line, `the request ${number} a second time`);
      seen.add(number);
    }
    yield columns;
  }
}

function impossible(line: number, what: string): LabError {
  return new LabError('bad-input', `Line ${line} of the samples cannot be.`, { why: `It has ${what}.` });
}

/** The percentiles over all answered requests of several loads. */
export async function pooledLatency(all: readonly AsyncIterable<SampleColumns>[]) {
  const latencies: number[] = [];
  for (const samples of all) {
    for await (const { totalMs, failure } of samples) {
      for (const [row, ms] of totalMs.entries()) if (failure[row] === null) latencies.push(ms);
    }
  }
  const { p50, p95, p99 } = percentiles(latencies);
  return { p50, p95, p99 };
}
