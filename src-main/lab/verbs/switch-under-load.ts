import { setTimeout as sleep } from 'node:timers/promises';
import type { ModeSwitch } from '../../contract/mode-switch.ts';
import { startCurlLoop } from '../../traffic/curl-loop.ts';
import type { Sample } from '../../traffic/sample.ts';
import { serviceGap } from '../../traffic/service-gap.ts';
import type { WorkOptions } from '../lab-context.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { nodeOfRole } from '../running-lab.ts';
import { switchMode, type WantedMode } from './switch-mode.ts';
import { demandNodesRun } from './demand-nodes-run.ts';

/** Requests a second; several at once, so that one that hangs does not hide when the service is back. */
const load = { ratePerSecond: 20, concurrency: 4, timeoutSeconds: 1, requests: 20 * 300 };
/** Replies that are waited for before and after. */
const repliesAround = 10;
/** Milliseconds until those are given up. */
const patience = 10_000;

/** Switches the mode while the client sends requests, and tells how long they went unanswered. */
export async function switchUnderLoad(
  lab: OwnedLab,
  wanted: WantedMode,
  work: WorkOptions,
): Promise<ModeSwitch> {
  await demandNodesRun(lab, lab.record.plan.nodes, 'The mode cannot be switched');
  const client = nodeOfRole(lab, 'client');
  const session = await sessionTo(lab, client, work.signal);
  const { service } = lab.record.plan;
  const ending = new AbortController();
  const samples: Sample[] = [];
  const began = performance.now();
  const running = startCurlLoop({
    ...{ session, service, ...load },
    onSamples: (more) => samples.push(...more),
    signal: AbortSignal.any([work.signal, ending.signal]),
  }).catch(() => undefined); // It is ended by us, and what it saw is what counts.
  try {
    await replies(samples, 0, work.signal);
    const beganMs = performance.now() - began;
    const result = await switchMode(lab, wanted, work);
    const endedMs = performance.now() - began;
    await replies(samples, endedMs, work.signal);
    return { ...result, gap: serviceGap(samples, { beganMs, endedMs }) ?? null };
  } finally {
    ending.abort();
    await running;
  }
}

/** Waits until enough replies have come since a time, or the patience is over. */
async function replies(samples: readonly Sample[], sinceMs: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + patience;
  const enough = () =>
    samples.filter(({ failure, arrivedMs }) => failure === null && arrivedMs > sinceMs).length >=
    repliesAround;
  while (!enough() && performance.now() < deadline) await sleep(100, undefined, { signal });
}
