import { setTimeout as delay } from 'node:timers/promises';
import type { DriftReport } from '../../../src-main/contract/drift.ts';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import { countOf } from '../../../src-main/contract/message.ts';
import type { MendResult } from '../../../src-main/contract/mend.ts';
import { observationSchema, type Observation } from '../../../src-main/contract/observation.ts';
import { fault } from '../../../src-main/evidence/faults.ts';
import type { FakeLab } from '../fake-lab-core.ts';
import { keptRecord } from './fake-frames.ts';
import { fakeLoad } from './fake-load.ts';
import { fakeView } from './fake-plan.ts';
import { fakeServiceChange } from './fake-service-change.ts';
import { stepThrough, type FakeWork } from './fake-tasks.ts';
import dr from './observation-dr.json' with { type: 'json' };
import nat from './observation-nat.json' with { type: 'json' };
import tun from './observation-tun.json' with { type: 'json' };

/** Of real labs. */
const observations: Readonly<Record<string, unknown>> = { dr, nat, tun };

type Act = (lab: FakeLab, request: never, work: FakeWork) => Promise<unknown>;
type RequestOf<Verb extends ControlRequest['verb']> = Extract<ControlRequest, { verb: Verb }>;

const setRunning =
  (running: boolean) =>
  async (lab: FakeLab, { node }: { node: string }, { signal }: FakeWork) => {
    await delay(400, undefined, { signal });
    lab.view = withNode(lab.view, node, (each) => ({
      ...each,
      running,
      condition: { state: running ? 'running' : 'off', reason: null, known: true },
    }));
  };

const acts: Readonly<Partial<Record<ControlRequest['verb'], Act>>> = {
  load: (lab, { load }: RequestOf<'load'>, work) => fakeLoad(lab.view, load, work),
  observe: async (lab, { requests }: RequestOf<'observe'>, work) => {
    await stepThrough(work, [undefined], [['load', `Send ${requests} requests`, 600]]);
    const seen = { ...fakeObservation(lab.view.mode), lab: lab.view.name, entry: 1, record: keptRecord };
    const [cable] = Object.keys(lab.view.impairments);
    return cable === undefined ? seen : withCutCable(seen, cable.split(':')[0] ?? cable);
  },
  drift: async ({ view: { mode, steps }, drifted }): Promise<DriftReport> => ({
    ...{ mode, steps: steps.length },
    drift: steps
      .filter(({ node, id, state }) => state === null || (drifted.has(node) && id.startsWith('vip-on')))
      .map(missing),
  }),
  mend: fakeMend,
  forgetArp: async ({ view: { nodes, service } }) => ({
    vip: service.vip,
    nodes: nodes
      .filter(({ role }) => role !== 'director')
      .map(({ name }) => ({
        ...{ node: name, command: `ip neigh flush to ${service.vip} nud all` },
        had: name === 'client' ? `${service.vip} dev eth0 lladdr 52:54:00:00:00:01 REACHABLE` : '',
      })),
  }),
  switch: switchMode,
  service: async (lab, { changes }: RequestOf<'service'>) => {
    const { result, view } = fakeServiceChange(lab.view, changes);
    lab.view = view;
    return result;
  },
  impair: async (lab, { node, nic = 'eth0', impairment }: RequestOf<'impair'>) => {
    const cable = `${node}:${nic}`;
    const others = Object.entries(lab.view.impairments).filter(([name]) => name !== cable);
    const impairments: LabView['impairments'] = Object.fromEntries([
      ...others,
      ...(impairment ? [[cable, impairment] as const] : []),
    ]);
    lab.view = { ...lab.view, impairments };
    return lab.view.impairments;
  },
  moveCable: async (lab, { node, nic = 'eth0', segment }: RequestOf<'moveCable'>) => {
    lab.view = withNode(lab.view, node, (each) => ({
      ...each,
      nics: each.nics.map((one) => (one.name === nic ? { ...one, segment } : one)),
    }));
  },
  stopNode: setRunning(false),
  startNode: boot,
  restartNode: boot,
  nodeService: async (_, { node, does }: RequestOf<'nodeService'>) => {
    const command = `systemctl ${does} nginx`;
    const ran = [{ stage: 'command', command, exitCode: 0, output: '' }];
    return { node, unit: 'nginx', commands: [command], ran };
  },
  healthDrill: drill,
};

/** Does to a fake lab what the verb would do to a real one, as far as the page can see it. */
export async function fakeAct(lab: FakeLab, request: ControlRequest, work: FakeWork): Promise<unknown> {
  const act = acts[request.verb] as
    ((lab: FakeLab, request: ControlRequest, work: FakeWork) => Promise<unknown>) | undefined;
  if (act) return act(lab, request, work);
  await delay(500, undefined, { signal: work.signal });
  return null;
}

/** One that is left as it boots has nothing of the recipe. */
async function boot(
  lab: FakeLab,
  { node, asItBoots = false }: RequestOf<'startNode' | 'restartNode'>,
  work: FakeWork,
): Promise<void> {
  await setRunning(true)(lab, { node }, work);
  const state = asItBoots ? null : ('applied' as const);
  const steps = lab.view.steps.map((step) => (step.node === node ? { ...step, state } : step));
  lab.view = { ...lab.view, steps };
}

function missing({
  node,
  id,
  title,
  verify,
  commands,
}: LabView['steps'][number]): DriftReport['drift'][number] {
  const why = `'${verify}' ended with 1`;
  return { node, id, title: title.en, verify, why, has: [], hint: null, commands: [...commands] };
}

async function switchMode(lab: FakeLab, { mode: to, underLoad }: RequestOf<'switch'>, work: FakeWork) {
  const from = lab.view.mode;
  await stepThrough(
    work,
    [undefined],
    [
      ['cables', 'Move the cables', 200],
      ['recipe', `Set up ${to}`, 900],
    ],
  );
  lab.view = fakeView(lab.template, to, lab.view.name);
  const gap = { gapMs: 2750, usualMs: 60, requests: 180, failures: { timeout: 3 } };
  const counts = { moves: [], undone: 9, kept: 14, applied: 12, milliseconds: 2810 };
  return { from, to, ...counts, gap: underLoad ? gap : null, remarks: [] };
}

async function drill(
  { view: { mode } }: FakeLab,
  { server = 'rs2' }: RequestOf<'healthDrill'>,
  work: FakeWork,
) {
  await stepThrough(work, [undefined], [['drill', 'Stop the web server and wait', 1500]]);
  return {
    ...{ mode, server, checker: 'loop' },
    ...{ stoppedMs: 2000, outMs: 3400, startedMs: 8000, backMs: 9100, firstErrorMs: 2100, lastErrorMs: 3300 },
    ...{ errorsLastedMs: 1300, requests: 120, failures: { refused: 6 } },
    seconds: Array.from({ length: 12 }, (_, second) => ({
      ...{ second, requests: 10 },
      failures: second === 2 || second === 3 ? { refused: 3 } : {},
    })),
  };
}

/** What a lab would tell of a cable that drops frames. */
function withCutCable(seen: Observation, node: string): Observation {
  const impaired = fault('impaired', node, true, { count: countOf(4, 'frame') });
  return {
    ...{ ...seen, failed: 4 },
    claims: seen.claims.map((claim) =>
      claim.id === 'every-request-answered'
        ? { ...claim, verdict: 'refuted', nodes: [node], faults: [impaired] }
        : claim,
    ),
    explanations: [{ ...impaired, explains: ['every-request-answered'] }],
  };
}

async function fakeMend(
  lab: FakeLab,
  { node, what }: RequestOf<'mend'>,
  work: FakeWork,
): Promise<MendResult> {
  await stepThrough(work, [node], [['mend', 'Apply again what does not hold', 200]]);
  const nothing = { node, what, steps: 0, ran: [], cables: [], started: false };
  if (what !== 'steps') {
    const cables = Object.keys(lab.view.impairments).filter((cable) => cable.startsWith(`${node}:`));
    const left = Object.entries(lab.view.impairments).filter(([cable]) => !cables.includes(cable));
    lab.view = { ...lab.view, impairments: Object.fromEntries(left) };
    return { ...nothing, cables };
  }
  const own = lab.view.steps.filter((step) => step.node === node);
  const step = lab.drifted.delete(node) ? own.find(({ id }) => id.startsWith('vip-on')) : undefined;
  const ran = (step?.commands ?? []).map((command) => ({
    ...{ node, title: step?.title.en ?? '', command, exitCode: 0, output: '' },
  }));
  return { ...nothing, steps: own.length, ran };
}

export function fakeObservation(mode: string): Observation {
  return observationSchema.parse(observations[mode]);
}

function withNode(
  view: FakeLab['view'],
  name: string,
  change: (node: FakeLab['view']['nodes'][number]) => FakeLab['view']['nodes'][number],
): FakeLab['view'] {
  return { ...view, nodes: view.nodes.map((node) => (node.name === name ? change(node) : node)) };
}
