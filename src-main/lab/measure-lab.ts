import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { DirectorState } from '../contract/director-log.ts';
import type { IpvsCounters } from '../contract/ipvs.ts';
import type { Schedule } from '../contract/load.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import { readServices, statsSettleMs, type BoundedService } from '../ipvs/read-ipvs.ts';
import type { FoundService } from '../ipvs/service-of.ts';
import { readStanding, type StandingService } from '../ipvs/read-standing.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import { startCurlLoop, type CurlRun, type RunResult } from '../traffic/curl-loop.ts';
import { parseCurlOptions, requestTimeoutSeconds } from '../traffic/curl-options.ts';
import { fromFirstRequest } from '../traffic/request-times.ts';
import type { Sample } from '../traffic/sample.ts';
import { countWords, increment } from '../traffic/counts.ts';
import { withSources } from './client-sources.ts';
import { directorLogLines } from './kept-director-log.ts';
import type { WorkOptions } from './lab-context.ts';
import { watchLoad, type LoadWatch } from './load-watch.ts';
import { sessionTo, type OwnedLab } from './owned-lab.ts';
import { nodeOfRole } from './running-lab.ts';
import { runStep } from './task.ts';
import { keepFactsMeanwhile } from './verbs/find-facts.ts';
import { directorStateOf, findService, scheduleOf } from './virtual-service.ts';

/** The load a user asked for. */
export interface LoadOptions {
  readonly requests: number;
  readonly concurrency: number;
  /** At most so many requests a second. */
  readonly ratePerSecond?: number | undefined;
  /** From how many addresses of the client, by turns; its own alone where none is given. */
  readonly sources?: number | undefined;
  /** Hears the samples as they come. */
  readonly onSamples?: (samples: readonly Sample[]) => void;
}

/** @throws LabError `bad-input` for a load that could not be run: asked before a lab is started for it. */
export function checkLoad({ vip, port }: { vip: string; port: number }, load: LoadOptions): void {
  const { requests, concurrency, ratePerSecond, sources } = load;
  parseCurlOptions({
    ...{ vip, port, requests, concurrency, ratePerSecond },
    timeoutSeconds: requestTimeoutSeconds,
    // Which ones is chosen in the lab; how many there may be is known.
    ...(sources !== undefined && { sources: Array.from({ length: Math.min(sources, 65) }, () => vip) }),
  });
}

/** What a load came to, and what the director says of it. */
export interface Measurement {
  readonly result: RunResult;
  /** What the director's table promised when the load began. */
  readonly schedule: Schedule;
  /** What the load added to the virtual service's. */
  readonly counters: IpvsCounters;
  /** `ipvsadm -Ln` and `ipvsadm -Ln --stats` as a trainee would read them, as the load began. */
  readonly tablesBefore: string;
  /** The same once its counters were whole. */
  readonly tables: string;
  /** When the first reply came, in milliseconds of `performance.now()`. */
  readonly firstReplyAt: number | null;
}

/**
 * Runs a curl loop in the client against the virtual service, holds it against what the director's own table promises,
 * and reads its counters once they are whole.
 * @throws LabError as `startCurlLoop`; `guest-command-failed` when the director has no such service.
 */
export async function measureLab(lab: OwnedLab, load: LoadOptions, work: WorkOptions): Promise<Measurement> {
  const { plan } = lab.record;
  const log = directorLogLines((line) => work.keepDirectorLog?.(line));
  const watch = await watchLoad(lab.cables.labSwitch, plan, { onEvents: log.add });
  const reading = runStep(work, { id: 'schedule', title: "Read the director's table" }, async () => {
    const read = await readDirector(lab, work.signal);
    work.keepDirectorLog?.(read.state);
    watch.begin(read.state);
    return read;
  });
  reading.then(
    ({ by, why }) =>
      by === 'address' || runStep(work, { id: 'service', title: why.text }, async () => undefined),
    () => undefined, // Heard by the load, if it comes to that.
  );
  const { run, firstReplyAt } = await sendFromClient(lab, load, { watch, ready: reading }, work);
  const before = await reading;
  const { counters, tables, isSame } = await runStep(
    work,
    { id: 'counters', title: "Read the director's counters" },
    () => readCounters(lab, before.service, work.signal),
  );
  const judgement = await watch.end(!isSame);
  log.end();
  return {
    ...{ result: { ...run, judgement }, firstReplyAt, schedule: scheduleOf(before.state), counters },
    ...{ tablesBefore: before.tables, tables },
  };
}

/** What a load waits for, and who looks at its frames. */
interface Watched {
  readonly watch: LoadWatch;
  readonly ready: Promise<unknown>;
}

/** What came back, and when the first reply did. */
interface Sent extends Pick<Measurement, 'firstReplyAt'> {
  readonly run: CurlRun;
}

async function sendFromClient(
  lab: OwnedLab,
  load: LoadOptions,
  watched: Watched,
  work: WorkOptions,
): Promise<Sent> {
  const { plan } = lab.record;
  const client = await sessionTo(lab, nodeOfRole(lab, 'client'), work.signal);
  return withSources(client, plan, { count: load.sources, signal: work.signal }, (sources) =>
    sendLoad(client, { plan, load, sources, ...watched }, work),
  );
}

interface Sending extends Watched {
  readonly plan: LabPlan;
  readonly load: LoadOptions;
  readonly sources: readonly string[] | undefined;
}

async function sendLoad(
  client: GuestSession,
  { plan, load, sources, watch, ready }: Sending,
  work: WorkOptions,
): Promise<Sent> {
  let firstReplyAt: number | null = null;
  const title = `Send ${load.requests} requests from the client`;
  const run = await runStep(work, { id: 'load', title }, (tell) => {
    let ended = 0;
    const counts = new Map<string, number>();
    const counted = fromFirstRequest();
    return startCurlLoop({
      ...{ session: client, service: plan.service, ready, sources, attribute: watch.attribute },
      ...{ requests: load.requests, concurrency: load.concurrency, ratePerSecond: load.ratePerSecond },
      timeoutSeconds: requestTimeoutSeconds,
      onSamples: (samples) => {
        if (samples.some(({ failure }) => failure === null)) firstReplyAt ??= performance.now();
        ended += samples.length;
        for (const { server } of samples) if (server !== null) increment(counts, server);
        tell({ fraction: ended / load.requests, detail: countWords(counts).join(', ') });
        load.onSamples?.(counted(samples));
      },
      signal: work.signal,
    });
  });
  return { run, firstReplyAt };
}

/** The director before a load. */
type DirectorReading = FoundService<StandingService> & {
  readonly state: DirectorState;
  readonly tables: string;
};

async function readDirector(lab: OwnedLab, signal: AbortSignal): Promise<DirectorReading> {
  const { plan } = lab.record;
  const director = await sessionTo(lab, nodeOfRole(lab, 'director'), signal);
  const standing = await readStanding(director, signal);
  const found = findService(standing, plan);
  const state = directorStateOf(found.service, standing, plan, lab.record.impairments);
  return { ...found, state, tables: standing.tables };
}

async function readCounters(lab: OwnedLab, before: BoundedService, signal: AbortSignal) {
  keepFactsMeanwhile(lab, statsSettleMs, signal);
  await sleep(statsSettleMs, undefined, { signal });
  const director = await sessionTo(lab, nodeOfRole(lab, 'director'), signal);
  const { tables, ...read } = await readServices(director, signal);
  const { service } = findService(read, lab.record.plan);
  return {
    ...{ counters: grown(before.counters, service.counters), tables },
    isSame: isDeepStrictEqual(decidingOf(before), decidingOf(service)),
  };
}

/** What decides where connections go: an entry that was taken out and put back stands at another place. */
function decidingOf(service: BoundedService) {
  const { address, scheduler, schedulerFlags, persistentSeconds, netmask, persistenceEngine } = service;
  return {
    ...{ address, scheduler, schedulerFlags, persistentSeconds, netmask, persistenceEngine },
    servers: service.servers.map(({ address, forwarding, weight, upper, lower }) => ({
      ...{ address, forwarding, weight, upper, lower },
    })),
  };
}

/** Who empties the counters meanwhile has them begin at nothing. */
function grown(before: IpvsCounters | null, after: IpvsCounters | null): IpvsCounters {
  const emptied = (before?.conns ?? 0) > (after?.conns ?? 0);
  const of = (key: keyof IpvsCounters) => (after?.[key] ?? 0) - (emptied ? 0 : (before?.[key] ?? 0));
  const packets = { inPkts: of('inPkts'), outPkts: of('outPkts') };
  return { conns: of('conns'), ...packets, inBytes: of('inBytes'), outBytes: of('outBytes') };
}
