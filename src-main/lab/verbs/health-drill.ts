import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthDrill, HealthTimeline } from '../../contract/health-drill.ts';
import { LabError } from '../../contract/lab-error.ts';
import type { GuestSession } from '../../guest/guest-session.ts';
import { startCurlLoop } from '../../traffic/curl-loop.ts';
import { healthTimeline, isIn, type EntryLook, type HealthMarks } from '../../traffic/health-timeline.ts';
import { drillCause, failuresWhileOut, hashesClients, type WhileOut } from '../../traffic/drill-cause.ts';
import type { Sample } from '../../traffic/sample.ts';
import { readMarkedTable } from '../../ipvs/read-ipvs.ts';
import { withSources } from '../client-sources.ts';
import { serviceIn } from '../virtual-service.ts';
import type { WorkOptions } from '../lab-context.ts';
import { sessionTo, type OwnedLab } from '../owned-lab.ts';
import { nodeOfRole } from '../running-lab.ts';
import { runStep } from '../task.ts';
import { demandNodesRun } from './demand-nodes-run.ts';
import { firstAnswer, firstAnswerMs, type Load } from './first-answer.ts';
import { checkerOn, expiresTemplates, realServerOf, webServerOn, weightOf } from './drill-nodes.ts';

/** How many clients a drill has where a scheduler hashes them: one alone may never go to the server that is stopped. */
const clientsForHash = 8;
/** Milliseconds of load before the stop, and after the server is back. */
const aroundMs = 2000;
/** Milliseconds that a checker is given to put the server back in. */
const patienceMs = 15_000;
/** Milliseconds between two looks at the director's table. */
const lookEveryMs = 200;

export interface HealthDrillOptions {
  /** A real server's name; the last one by default. */
  readonly server?: string | undefined;
  /** How long its web server is stopped. */
  readonly seconds: number;
  readonly ratePerSecond: number;
  /** Addresses of the client; its own alone, or several where the scheduler hashes, where it is not given. */
  readonly sources?: number | undefined;
}

interface Drill {
  /** To the real server whose web server is stopped. */
  readonly server: GuestSession;
  /** Of that web server. */
  readonly unit: string;
  readonly downMs: number;
  /** The weight that the director's table has for it. */
  readonly weight: () => Promise<EntryLook['weight']>;
}

/**
 * Stops the web server of one real server for a while under load, and tells when the director's table lost and got back
 * its entry, and which requests failed. Should it fail or be cancelled, the web server is started again all the same.
 * @throws LabError `bad-input` for no such real server, one that is out or has no web server already, or a node that is
 * down; `guest-command-failed` when the service does not answer before.
 */
export async function healthDrill(
  lab: OwnedLab,
  { server: name, seconds, ratePerSecond, sources: count }: HealthDrillOptions,
  work: WorkOptions,
): Promise<HealthDrill> {
  const { plan } = lab.record;
  const node = realServerOf(plan, name);
  const [directorNode, clientNode] = [nodeOfRole(lab, 'director'), nodeOfRole(lab, 'client')];
  await demandNodesRun(lab, [directorNode, clientNode, node], 'There can be no drill');
  const director = await sessionTo(lab, directorNode, work.signal);
  const client = await sessionTo(lab, clientNode, work.signal);
  const server = await sessionTo(lab, node, work.signal);
  const weight = () => weightOf(director, plan, node);
  if (!isIn({ weight: await weight() })) {
    throw new LabError('bad-input', `The director gives ${node.name} no connections as it is.`, {
      node: node.name,
      remedy: `'lvslab drift ${plan.name}' tells what is wrong.`,
    });
  }
  const checker = await checkerOn(director);
  const downMs = seconds * 1000;
  const drill = { server, unit: await webServerOn(server, node.name, plan), downMs, weight };
  const load = { service: plan.service, ratePerSecond, atMostMs: firstAnswerMs + downMs + 2 * patienceMs };
  const service = serviceIn(await readMarkedTable(director, work.signal), plan);
  const clients = count ?? (hashesClients(service.scheduler) ? clientsForHash : undefined);
  let outWeight: number | null = null;
  const { timeline, whileOut } = await withSources(
    client,
    plan,
    { count: clients, signal: work.signal },
    (sources) =>
      underLoad(client, { ...load, sources }, work, async (running) => {
        const marks = await stopAndStart(drill, running, work);
        outWeight = marks.looks.find((look) => look.atMs >= marks.stoppedMs && !isIn(look))?.weight ?? null;
        return marks;
      }),
  );
  const expires = service.persistentSeconds === null ? null : await expiresTemplates(director, work.signal);
  const cause = drillCause(whileOut, { ...service, outWeight, expiresTemplates: expires }, node.name);
  return { mode: plan.mode, server: node.name, checker, cause, ...timeline };
}

interface DrillLoad {
  readonly service: { readonly vip: string; readonly port: number };
  readonly ratePerSecond: number;
  readonly atMostMs: number;
  readonly sources: readonly string[] | undefined;
}

async function underLoad(
  session: GuestSession,
  { atMostMs, ...load }: DrillLoad,
  { signal }: WorkOptions,
  act: (load: Load) => Promise<HealthMarks>,
): Promise<{ readonly timeline: HealthTimeline; readonly whileOut: WhileOut }> {
  const ending = new AbortController();
  const samples: Sample[] = [];
  const began = performance.now();
  const running = startCurlLoop({
    ...{ session, ...load, concurrency: 4, timeoutSeconds: 1 },
    requests: Math.ceil((load.ratePerSecond * atMostMs) / 1000),
    onSamples: (more) => samples.push(...more),
    signal: AbortSignal.any([signal, ending.signal]),
  }).catch(() => undefined); // It is ended by us, and what it saw is what counts.
  try {
    const marks = await act({ samples, now: () => performance.now() - began });
    const timeline = healthTimeline(samples, marks);
    return { timeline, whileOut: failuresWhileOut(samples, timeline) };
  } finally {
    ending.abort();
    await running;
  }
}

async function stopAndStart(drill: Drill, { samples, now }: Load, work: WorkOptions): Promise<HealthMarks> {
  const { server, unit, downMs } = drill;
  const { signal } = work;
  const node = server.node;
  const looks: EntryLook[] = [];
  const watch = (milliseconds: number, until?: typeof isIn) =>
    lookOn({ ...drill, now, looks }, { milliseconds, until, signal });
  await runStep(work, { id: 'first', title: 'Wait for the first answer' }, () =>
    firstAnswer({ samples, now }, signal),
  );
  await runStep(work, { id: 'before', title: 'Send requests while all is well' }, () =>
    sleep(aroundMs, undefined, { signal }),
  );
  const stoppedMs = now();
  let over = false;
  try {
    await runStep(work, { node, id: 'down', title: 'Stop its web server, and wait' }, async () => {
      await demand(server, `systemctl stop ${unit}`, signal);
      await watch(downMs - (now() - stoppedMs));
    });
    const startedMs = now();
    await runStep(work, { node, id: 'back', title: 'Start it again, and wait until it is in' }, async () => {
      await demand(server, `systemctl start ${unit}`, signal);
      await watch(patienceMs, isIn);
      await watch(aroundMs);
    });
    over = true;
    return { stoppedMs, startedMs, looks };
  } finally {
    if (!over) await putBack(drill);
  }
}

/** Not cancellable: it is what a cancel does. */
async function putBack(drill: Drill): Promise<void> {
  try {
    await drill.server.run(`systemctl start ${drill.unit}`, { timeout: patienceMs });
    const now = () => performance.now();
    await lookOn({ ...drill, now, looks: [] }, { milliseconds: patienceMs, until: isIn });
  } catch {
    // A guest that is gone has nothing to be put back; why the drill ended is what the caller is told.
  }
}

/** Looks at the table again and again, for so many milliseconds or until a look is what was waited for. */
async function lookOn(
  { weight, now, looks }: Pick<Drill, 'weight'> & { readonly now: () => number; readonly looks: EntryLook[] },
  {
    milliseconds,
    until,
    signal,
  }: {
    readonly milliseconds: number;
    readonly until?: typeof isIn | undefined;
    readonly signal?: AbortSignal;
  },
): Promise<void> {
  const deadline = now() + milliseconds;
  do {
    const look = { weight: await weight(), atMs: now() };
    looks.push(look);
    if (until?.(look)) return;
    const pause = Math.min(lookEveryMs, deadline - now());
    await sleep(Math.max(0, pause), undefined, { ...(signal && { signal }) });
  } while (now() < deadline);
}

async function demand(session: GuestSession, command: string, signal: AbortSignal): Promise<void> {
  const { exitCode, stderr } = await session.run(command, { signal });
  if (exitCode === 0) return;
  throw new LabError('guest-command-failed', `'${command}' failed on ${session.node}.`, {
    why: stderr.trim(),
  });
}
