import { setTimeout as delay } from 'node:timers/promises';
import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import type { LoadRequest, LoadResult } from '../../../src-main/contract/load.ts';
import { countOf, listed, message } from '../../../src-main/contract/message.ts';
import { countWords } from '../../../src-main/traffic/counts.ts';
import { serviceVerdict } from '../../../src-main/traffic/service-verdict.ts';
import { createTally } from '../../../src-main/traffic/tally.ts';
import type { FakeWork } from './fake-tasks.ts';

/** Samples of a load that every real server answers in turn, but for one failure in two hundred. */
export function fakeSamples(view: LabView, from: number, count: number, perSecond: number): SampleColumns {
  const servers = view.nodes.filter(({ role }) => role === 'real-server').map(({ name }) => name);
  const numbers = Array.from({ length: count }, (_, index) => from + index + 1);
  const failed = (number: number) => number % 200 === 0;
  return {
    from,
    number: numbers,
    arrivedMs: numbers.map((number) => (number * 1000) / perSecond),
    totalMs: numbers.map((number) => 4 + ((number * 7919) % 100) / 20),
    server: numbers.map((number) => (failed(number) ? null : (servers[number % servers.length] ?? null))),
    page: numbers.map((number) => (failed(number) ? null : (servers[number % servers.length] ?? null))),
    handedTo: numbers.map((number) => servers[number % servers.length] ?? null),
    failure: numbers.map((number) => (failed(number) ? 'timeout' : null)),
    source: numbers.map(() => '10.10.0.200'),
    sourcePort: numbers.map((number) => 40_000 + (number % 20_000)),
  };
}

export async function fakeLoad(view: LabView, load: LoadRequest, work: FakeWork): Promise<LoadResult> {
  const perSecond = load.ratePerSecond ?? 200;
  const title = `Send ${load.requests} requests from the client`;
  const all: SampleColumns[] = [];
  const atOnce = Math.max(1, Math.round(perSecond / 10));
  for (let from = 0; from < load.requests; from += atOnce) {
    await delay(100, undefined, { signal: work.signal });
    const columns = fakeSamples(view, from, Math.min(atOnce, load.requests - from), perSecond);
    all.push(columns);
    work.samples(columns);
    const fraction = Math.min(1, (from + atOnce) / load.requests);
    work.tell({ step: 'load', title, state: 'running', fraction, overall: fraction });
  }
  const figures = totalsOf(all);
  return toResult(
    view,
    figures,
    all.flatMap(({ server }) => server),
    all.flatMap(({ failure }) => failure),
  );
}

/** As the loop in the client counts them. */
function totalsOf(all: readonly SampleColumns[]) {
  const tally = createTally();
  for (const { arrivedMs, totalMs, server, page, handedTo, failure, source } of all)
    for (const [row, ms] of totalMs.entries())
      tally.add({
        ...{ server: server[row] ?? null, page: page[row] ?? null, handedTo: handedTo[row] ?? null },
        ...{ totalMs: ms, arrivedMs: arrivedMs[row] ?? 0, sourceAddress: source[row] ?? null },
        failure: failure[row] ? { kind: 'timeout' } : null,
      });
  const { latencyMs, ratePerSecond } = tally.summary();
  const { p50, p95, p99 } = latencyMs;
  return { latencyMs: { p50, p95, p99 }, ratePerSecond };
}

function toResult(
  { name, mode, service }: LabView,
  figures: ReturnType<typeof totalsOf>,
  sequence: (string | null)[],
  failures: (string | null)[],
): LoadResult {
  const byServer: Record<string, number> = {};
  for (const server of sequence) if (server) byServer[server] = (byServer[server] ?? 0) + 1;
  const failed = failures.filter(Boolean).length;
  return {
    ...{ lab: name, mode, scheduler: service.scheduler },
    run: {
      ...{
        requests: sequence.length,
        failed,
        failures: failed ? { timeout: failed } : {},
        byServer,
        sequence,
      },
      ...{ ...figures, bySource: {} },
      promise: {
        promised: message('promise.alternation', 'exact alternation over {servers}', {
          servers: listed(Object.keys(byServer).sort()),
        }),
        observed: listed(countWords(new Map(Object.entries(byServer)))),
        verdict: 'as-promised',
        words: message(
          'judged.kept',
          'Each of {count} went as {scheduler} sends it by the table that the director had.',
          { count: countOf(sequence.length, 'connection'), scheduler: service.scheduler },
        ),
        shares: Object.fromEntries(
          Object.keys(byServer).map((name) => [name, 1 / Object.keys(byServer).length]),
        ),
        refusals: [],
      },
      ...{ unattributed: 0, failedAt: {}, pages: {}, remarks: [] },
      service: serviceVerdict(
        { requests: sequence.length, failed, failures: failed ? { timeout: failed } : {}, failedAt: {} },
        [],
      ),
    },
    counters: { conns: sequence.length, inPkts: sequence.length * 5, outPkts: 0 },
    schedule: {
      scheduler: service.scheduler,
      servers: Object.keys(byServer).map((name) => ({ name, weight: 1 })),
    },
    ...{ disturbedBy: [], tablesBefore: tablesOf(service, 0), tables: tablesOf(service, 30) },
  };
}

function tablesOf({ vip, scheduler }: LabView['service'], inactive: number): string {
  return (
    'IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n' +
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n' +
    `TCP  ${vip}:80 ${scheduler}\n  -> 10.10.0.11:80                Route   1      0          ${inactive}`
  );
}
