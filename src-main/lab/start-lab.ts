import { randomUUID } from 'node:crypto';
import type { GuestSession } from '../guest/guest-session.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import { modeOf, planLab, portsNeeded } from '../plan/plan-lab.ts';
import { planRecipe } from '../plan/plan-recipe.ts';
import type { LabTemplate } from '../template/lab-template.ts';
import { allocatePorts } from './allocate-ports.ts';
import { bootNode } from './boot-node.ts';
import { checkHostCarries } from './host-limits.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import { checkCaptureFile } from './capture-file.ts';
import { claimLabName } from './lab-name.ts';
import { labsFolder, writeRecord, type LabRecord } from './lab-record.ts';
import type { Host } from './machine.ts';
import { plugCables, type Cables } from './plug-cables.ts';
import { prepareHost } from './prepare-host.ts';
import { ownIdentity } from './process-identity.ts';
import { applyRecipe, verifyRecipe } from './recipe-runner.ts';
import { clearLab } from './remove-lab.ts';
import { sessionOf, type RunningLab } from './running-lab.ts';
import { forEachNode, runStep } from './task.ts';
import { warmStatesFor, type WarmStates } from './warm/warm-states-for.ts';

/** What the user asked for. */
export interface StartOptions {
  readonly template: LabTemplate;
  readonly mode: string;
  /** A name for the lab; the template's, numbered, where none is given. */
  readonly name?: string | undefined;
  /** Where every frame is written as pcapng. */
  readonly pcap?: string | undefined;
  /** Seconds a node may take from its start until it answers over SSH. */
  readonly bootTimeout: number;
  /** Boot every node instead of restoring it from the warm state. */
  readonly cold?: boolean | undefined;
}

/**
 * Starts a lab: machines, switch, SSH, recipe. When it fails or is cancelled on the way, everything it made is
 * gone again before it rejects.
 */
export async function startLab(
  context: LabContext,
  options: StartOptions,
  work: WorkOptions,
): Promise<RunningLab> {
  if (options.pcap !== undefined) await checkCaptureFile(options.pcap);
  const host = { ...(await prepareHost(context, work)), bootTimeout: options.bootTimeout };
  const warm = options.cold
    ? new Map<number, never>()
    : await warmStatesFor(context, host, options.template, work);
  const name = await claimLabName(context.dataFolder, options.name, options.template.name);
  await using made = new AsyncDisposableStack();
  made.defer(() => clearLab(context, name));
  const record = await recordPlan(context, options, name, { host, warm });
  const { plan } = record;
  const cables = made.use(await plugCables(plan.nodes, options.pcap));

  const [{ sessions, hostKeys }, bootMs] = await timed(() =>
    bootNodes(context, plan, { host, warm, cables }, made, work),
  );
  const [applied, recipeMs] = await timed(() => setUp(options, plan, sessions, work));
  const ready: LabRecord = { ...record, state: 'ready', hostKeys, applied };
  await writeRecord(context.dataFolder, ready);
  const all = made.move();
  return {
    record: ready,
    sessions,
    cables,
    timings: { bootMs, recipeMs },
    takeDown: () => all.disposeAsync(),
    letGo: async () => {
      await Promise.all([...sessions.values()].map((session) => session.close()));
      await cables[Symbol.asyncDispose]();
    },
  };
}

async function recordPlan(
  context: LabContext,
  options: StartOptions,
  name: string,
  { host, warm }: Pick<Boot, 'host' | 'warm'>,
) {
  const { template, mode } = options;
  const port = await allocatePorts(context, portsNeeded(template));
  const allocate = { port, uuid: randomUUID };
  const plan = planLab({ template, mode, name, id: randomUUID(), allocate });
  await checkHostCarries(plan, labsFolder(context.dataFolder));
  const { image } = host;
  const record: LabRecord = {
    revision: 1,
    state: 'starting',
    plan,
    image: image.key,
    warm: [...warm.values()].map(({ key }) => key),
    createdAt: new Date().toISOString(),
    owner: ownIdentity(),
    access: { user: image.sshUser, keyPath: image.privateKeyPath },
    hostKeys: {},
    applied: [],
  };
  await writeRecord(context.dataFolder, record);
  return record;
}

interface Boot {
  readonly host: Host;
  readonly warm: WarmStates;
  readonly cables: Cables;
}

async function bootNodes(
  context: LabContext,
  plan: LabPlan,
  { host, warm, cables }: Boot,
  made: AsyncDisposableStack,
  work: WorkOptions,
) {
  const sessions = new Map<string, GuestSession>();
  const hostKeys: Record<string, string> = {};
  await forEachNode(work, plan.nodes, async (node, nodeWork) => {
    const start = { host, warm: warm.get(node.memoryMiB) };
    const { session, hostKey } = await bootNode(context, plan, node, start, nodeWork);
    made.defer(() => session.close());
    await cables.plug(node);
    sessions.set(node.name, session);
    hostKeys[node.name] = hostKey;
  });
  return { sessions, hostKeys };
}

/** Applies the recipe, then looks once more at everything it wants: a later step may undo an earlier one. */
async function setUp(
  { template, mode }: StartOptions,
  plan: LabPlan,
  sessions: ReadonlyMap<string, GuestSession>,
  work: WorkOptions,
): Promise<LabRecord['applied']> {
  const { recipe } = modeOf(template, mode);
  const steps = planRecipe(recipe, plan);
  const shellOf = (node: string) => sessionOf({ sessions }, node);
  const applied = await applyRecipe({ steps, shellOf, ...work });
  await runStep(work, { id: 'verify', title: 'Verify the whole recipe' }, () =>
    verifyRecipe({ steps, shellOf, ...work }),
  );
  return applied;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  const result = await work();
  return [result, performance.now() - began];
}
