import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { madeWith } from '../plan/as-made.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import { planLab, portsNeeded } from '../plan/plan-lab.ts';
import type { LabTemplate } from '../template/lab-template.ts';
import { allocatePorts } from './allocate-ports.ts';
import type { Attachment } from './attachments.ts';
import { bringUp } from './bring-up.ts';
import { checkCaptureFile } from './capture-file.ts';
import { chooseGuest } from './choose-guest.ts';
import { checkHostCarries } from './host-limits.ts';
import { journalStart } from './journal.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import { claimLabName } from './lab-name.ts';
import { ownMaker, type LabMaker } from './lab-maker.ts';
import { labFolder, labsFolder, type LabRecord } from './lab-record.ts';
import type { Host } from './machine.ts';
import { carryOut, closeSessions, letGo, type OwnedLab } from './owned-lab.ts';
import { plugCables } from './plug-cables.ts';
import { prepareHost } from './prepare-host.ts';
import { ownIdentity } from './process-identity.ts';
import { clearLab } from './remove-lab.ts';
import type { RunningLab } from './running-lab.ts';
import { warmStatesFor, type WarmStates } from './warm/warm-states-for.ts';

/** What the user asked for. */
export interface StartOptions {
  readonly template: LabTemplate;
  readonly mode: string;
  /** In place of the template's; choices of the recipes' options; weights by real server: see `planLab`. */
  readonly scheduler?: string | undefined;
  readonly options?: Readonly<Record<string, string>> | undefined;
  readonly weights?: Readonly<Record<string, number>> | undefined;
  readonly persistentSeconds?: number | undefined;
  /** The guest image's name; the embedded one where none is given. */
  readonly image?: string | undefined;
  /** A name for the lab; the template's, numbered, where none is given. */
  readonly name?: string | undefined;
  /** Where every frame is written as pcapng. */
  readonly pcap?: string | undefined;
  /** Seconds a node may take from its start until it answers over SSH. */
  readonly bootTimeout: number;
  /** Boot every node instead of restoring it from the warm state. */
  readonly cold?: boolean | undefined;
  /** Apply the recipe, instead of restoring nodes with it applied. */
  readonly unsealed?: boolean | undefined;
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
  const { template, pcap } = options;
  const began = performance.now();
  if (pcap !== undefined) await checkCaptureFile(pcap);
  await using made = new AsyncDisposableStack();
  const { name, lock } = await claimLabName(context.dataFolder, options.name, template.name);
  made.use(lock);
  let begun = false;
  made.defer(() =>
    // Before it begins there are no machines to look for, and libvirt may be what is missing.
    begun ? clearLab(context, name) : rm(labFolder(context.dataFolder, name), { recursive: true }),
  );
  const plan = await planNodes(context, options, name);
  // The switch's thread takes as long to start as the look at the host, which for the most part waits for others.
  const plugging = plugCables(plan.nodes, pcap);
  plugging.catch(() => undefined); // Heard below, unless the host is refused first.
  made.defer(async () => (await plugging.catch(() => undefined))?.[Symbol.asyncDispose]());
  const { host, warm } = await prepare(context, options, plan, work);
  const cables = await plugging;
  const record = recordOf(plan, ownMaker(context.connection), { host, warm });
  const lab: OwnedLab = { context, lock, cables, sessions: new Map(), record };
  made.defer(() => closeSessions(lab));
  begun = true;
  const origin = { host, warm, template, unsealed: options.unsealed };
  const timings = { bootMs: 0, recipeMs: 0 };
  const kept: Attachment[] = [];
  const keeping = { ...work, keep: (attachment: Attachment) => void kept.push(attachment) };
  await carryOut(lab, 'up', keeping, async (enter, weighed) => {
    Object.assign(timings, await bringUp(lab, origin, enter, weighed));
  });
  // What is kept of it is no reason to fail.
  await journalStart(lab, performance.now() - began, kept).catch(() => undefined);
  const all = made.move();
  return Object.assign(lab, {
    timings,
    takeDown: () => all.disposeAsync(),
    letGo: () => letGo(lab),
  });
}

async function prepare(
  context: LabContext,
  { image, cold, bootTimeout }: StartOptions,
  plan: LabPlan,
  work: WorkOptions,
): Promise<{ host: Host; warm: WarmStates }> {
  const host = { ...(await prepareHost(context, work, image)), bootTimeout };
  const warm = cold ? new Map<number, never>() : await warmStatesFor(context, host, plan, work);
  return { host, warm };
}

/** Everything is decided and the host can carry it; nothing is made, and nothing written but the folder's name. */
async function planNodes(
  context: LabContext,
  { template, mode, scheduler, options, weights, persistentSeconds, image }: StartOptions,
  name: string,
): Promise<LabPlan> {
  const guest = await chooseGuest(context, image);
  const port = await allocatePorts(context, portsNeeded(template));
  const allocate = { port, uuid: randomUUID };
  const plan = planLab({
    ...{ template, mode, scheduler, options, weights, persistentSeconds },
    ...{ name, id: randomUUID(), guest, allocate },
  });
  await checkHostCarries(plan, labsFolder(context.dataFolder));
  return plan;
}

function recordOf(
  plan: LabPlan,
  maker: LabMaker,
  { host: { image }, warm }: { readonly host: Host; readonly warm: WarmStates },
): LabRecord {
  return {
    revision: 2,
    state: 'planned',
    verb: null,
    failure: null,
    plan,
    made: madeWith(plan),
    image: image.key,
    warm: [...warm.values()].map(({ key }) => key),
    createdAt: new Date().toISOString(),
    maker,
    owner: ownIdentity(),
    access: { user: image.sshUser, keyPath: image.privateKeyPath },
    hostKeys: {},
    applied: [],
    impairments: {},
  };
}
