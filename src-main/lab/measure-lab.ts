import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import type { IpvsCounters } from '../ipvs/ipvsadm-stats.ts';
import { readStats, statsSettleMs } from '../ipvs/read-ipvs.ts';
import { startCurlLoop, type RunResult } from '../traffic/curl-loop.ts';
import { parseCurlOptions } from '../traffic/curl-options.ts';
import type { Sample } from '../traffic/sample.ts';
import type { WorkOptions } from './lab-context.ts';
import { nodeOfRole, sessionOf, type RunningLab } from './running-lab.ts';
import { runStep } from './task.ts';

/** The most one request may take. */
const requestTimeoutSeconds = 5;

/** The load a user asked for. */
export interface LoadOptions {
  readonly requests: number;
  readonly concurrency: number;
  /** At most so many requests a second. */
  readonly ratePerSecond?: number | undefined;
  /** Hears the samples as they come. */
  readonly onSamples?: (samples: readonly Sample[]) => void;
}

/** @throws LabError `bad-input` for a load that could not be run: asked before a lab is started for it. */
export function checkLoad({ vip, port }: { vip: string; port: number }, load: LoadOptions): void {
  const { requests, concurrency, ratePerSecond } = load;
  parseCurlOptions({
    vip,
    port,
    requests,
    concurrency,
    ratePerSecond,
    timeoutSeconds: requestTimeoutSeconds,
  });
}

/** What a load came to, and what the director says of it. */
export interface Measurement {
  readonly result: RunResult;
  readonly counters: IpvsCounters;
  /** `ipvsadm -Ln` and `ipvsadm -Ln --stats` as a trainee would read them. */
  readonly tables: string;
  /** When the first reply came, in milliseconds of `performance.now()`. */
  readonly firstReplyAt: number | null;
}

/** Runs a curl loop in the client against the virtual service, and reads the director's counters once they are whole. */
export async function measureLab(
  lab: RunningLab,
  load: LoadOptions,
  work: WorkOptions,
): Promise<Measurement> {
  const { service, nodes } = lab.record.plan;
  let firstReplyAt: number | null = null;
  const title = `Send ${load.requests} requests from the client`;
  const result = await runStep(work, { id: 'load', title }, (tell) => {
    let ended = 0;
    return startCurlLoop({
      session: sessionOf(lab, nodeOfRole(lab, 'client').name),
      service,
      requests: load.requests,
      concurrency: load.concurrency,
      ratePerSecond: load.ratePerSecond,
      timeoutSeconds: requestTimeoutSeconds,
      schedule: {
        scheduler: service.scheduler,
        servers: nodes.filter(({ role }) => role === 'real-server'),
      },
      onSamples: (samples) => {
        if (samples.some(({ failure }) => failure === null)) firstReplyAt ??= performance.now();
        ended += samples.length;
        tell({ fraction: ended / load.requests });
        load.onSamples?.(samples);
      },
      signal: work.signal,
    });
  });
  const { counters, tables } = await runStep(
    work,
    { id: 'counters', title: "Read the director's counters" },
    () => readCounters(lab, work.signal),
  );
  return { result, counters, tables, firstReplyAt };
}

async function readCounters(lab: RunningLab, signal: AbortSignal) {
  await sleep(statsSettleMs, undefined, { signal });
  const director = sessionOf(lab, nodeOfRole(lab, 'director').name);
  const { vip, port } = lab.record.plan.service;
  const counters = (await readStats(director, signal)).find(({ address }) => address === `${vip}:${port}`);
  if (!counters) {
    throw new LabError(
      'guest-command-failed',
      `The director has no virtual service ${vip}:${port} any more.`,
      {
        remedy: "Look at the director with 'ipvsadm -Ln'.",
      },
    );
  }
  const { stdout } = await director.run('ipvsadm -Ln; echo; ipvsadm -Ln --stats', { signal });
  return { counters, tables: stdout.trim() };
}
