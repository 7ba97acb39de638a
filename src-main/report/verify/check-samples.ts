import type { DirectorEvent, DirectorLog } from '../../contract/director-log.ts';
import type { SampleColumns } from '../../contract/journal.ts';
import { LabError } from '../../contract/lab-error.ts';
import { machineOf } from '../../traffic/director-picks.ts';
import { percentiles } from '../../traffic/tally.ts';
import { runFigures } from '../figures/run-figures.ts';
import type { ReportedRun } from '../model/run.ts';
import { expectSame, type Ledger } from './ledger.ts';

/** What a load was kept with: its samples, and what passed the director; the latter may not have been kept. */
export interface KeptLoad {
  readonly samples: AsyncIterable<SampleColumns>;
  readonly log: DirectorLog | undefined;
}

/**
 * Computes every figure of a run anew from its samples and from what passed the director, and holds these against each
 * other. @throws LabError `bad-input` naming a line that is no sample.
 */
export async function checkSamples(
  ledger: Ledger,
  file: string,
  run: ReportedRun,
  { samples, log }: KeptLoad,
): Promise<void> {
  const { disturbedBy, entry } = run;
  const handed: Handed = new Map();
  const missing = { lost: false };
  const heard = log && { state: log.state, events: noteHanded(log, handed, missing) };
  const told: Told[] = [];
  const figures = await runFigures(noteTold(sane(samples), told), { disturbedBy, log: heard });
  const what = `run of entry ${entry}`;
  expectSame(ledger, { file, what }, { figures }, { figures: run.figures });
  if (!log) return;
  const wrong = told.filter(({ client, machine }) => {
    const known = handed.get(client);
    return !(known === undefined && missing.lost) && !mayBe(known, machine);
  });
  for (const { client, machine } of wrong.slice(0, 5))
    ledger.find({
      ...{ file, what: `${what}, whom the director handed the request of ${client} to` },
      expected: [...(handed.get(client) ?? [])].join(', ') || 'nobody',
      found: machine,
    });
}

/** By client, the machines that the log says its connections were handed to; undefined for one that it does not name. */
type Handed = Map<string, Set<string | undefined>>;

function mayBe(machines: ReadonlySet<string | undefined> | undefined, machine: string): boolean {
  return machines !== undefined && (machines.has(machine) || machines.has(undefined));
}

/** Whom a sample says that the director handed it to. */
interface Told {
  /** `address:port`. */
  readonly client: string;
  readonly machine: string;
}

async function* noteTold(samples: AsyncIterable<SampleColumns>, told: Told[]): AsyncGenerator<SampleColumns> {
  for await (const columns of samples) {
    for (const row of columns.number.keys()) {
      const [source, port, machine] = [columns.source[row], columns.sourcePort[row], columns.handedTo[row]];
      if (source && port && machine) told.push({ client: `${source}:${port}`, machine });
    }
    yield columns;
  }
}

async function* noteHanded(
  { state, events }: DirectorLog,
  handed: Handed,
  missing: { lost: boolean },
): AsyncGenerator<readonly DirectorEvent[]> {
  for await (const batch of events) {
    for (const { kind, client, to } of batch) {
      // What went where while frames were lost is not known.
      missing.lost ||= kind === 'lost';
      if (kind !== 'handed') continue;
      const machines = handed.get(client) ?? new Set<string | undefined>();
      handed.set(client, machines.add(machineOf(state, to)));
    }
    yield batch;
  }
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
