import type { LabTemplate } from '../template/lab-template.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import { takeHostLock, tryHostLock } from '../process/host-lock.ts';
import { discardNodes } from './discard-nodes.ts';
import type { WorkOptions } from './lab-context.ts';
import type { LabState } from './lab-states.ts';
import type { Host } from './machine.ts';
import { bootNodes, provision, recipeSteps } from './node-set-up.ts';
import { closeSessions, saveRecord, type OwnedLab } from './owned-lab.ts';
import { runStep } from './task.ts';
import { setUpOf } from './set-up-of.ts';
import { saveNodes } from './verbs/suspend.ts';
import { removeStaleSealedLabs } from './warm/remove-stale.ts';
import {
  findSealedLab,
  roomToSeal,
  sealedFolder,
  sealedNode,
  sealKey,
  sealedSteps,
  sealNodes,
  type SealedLab,
} from './warm/sealed-lab.ts';
import type { WarmStates } from './warm/warm-states-for.ts';

/** What a lab's machines come from. */
export interface Origin {
  readonly template: LabTemplate;
  readonly host: Host;
  readonly warm: WarmStates;
  /** Apply the recipe, though a lab of this kind was sealed with it applied. */
  readonly unsealed?: boolean | undefined;
}

type Enter = (state: LabState) => Promise<void>;

/**
 * From no machine to a lab that is ready. Where a lab of this kind was sealed before, its machines are restored with the
 * recipe applied; else they come from the warm state, get the recipe, and are sealed for the next time.
 * @returns milliseconds
 */
export async function bringUp(
  lab: OwnedLab,
  origin: Origin,
  enter: Enter,
  work: WorkOptions,
): Promise<{ bootMs: number; recipeMs: number }> {
  const { warm, host } = origin;
  const steps = await recipeSteps(lab, origin.template);
  const key = sealKey(lab.record.plan, steps, [...warm.values()]);
  const usable = warm.size > 0 && !origin.unsealed;
  const sealed = usable ? await findSealedLab(lab.context.dataFolder, key) : undefined;
  if (sealed) {
    const { whole, ...times } = await restoreSealed(lab, sealed, { host, steps, enter }, work);
    keepSetUp(lab, steps, whole, work);
    return times;
  }
  await saveRecord(lab, { warm: [...warm.values()].map((state) => state.key), applied: [] });
  await enter('booting');
  const began = performance.now();
  const whole = await bootNodes(lab, host, ({ memoryMiB }) => warm.get(memoryMiB), work);
  const bootMs = performance.now() - began;
  await enter('provisioning');
  const recipeMs = await timed(() => provision(lab, steps, work));
  // What is sealed next and restored again at once was done by this start all the same.
  keepSetUp(lab, steps, false, work);
  // A machine that was booted instead is not what a sealed node is restored into.
  const made = usable && whole ? await seal(lab, key, warm, work) : undefined;
  if (made) await restoreSealed(lab, made, { host, steps, enter }, work);
  return { bootMs, recipeMs };
}

function keepSetUp(
  lab: OwnedLab,
  steps: readonly PlannedStep[],
  sealed: boolean,
  { keep }: WorkOptions,
): void {
  keep?.({ kind: 'set-up', setUp: setUpOf(lab.record, steps, sealed) });
}

async function restoreSealed(
  lab: OwnedLab,
  sealed: SealedLab,
  { host, steps, enter }: { host: Host; steps: readonly PlannedStep[]; enter: Enter },
  work: WorkOptions,
): Promise<{ bootMs: number; recipeMs: number; whole: boolean }> {
  await saveRecord(lab, {
    warm: [...sealed.warm, sealed.key],
    applied: sealedSteps(sealed, lab.record.plan),
  });
  await enter('booting');
  const began = performance.now();
  const whole = await restoreNodes(lab, sealed, host, work);
  const bootMs = performance.now() - began;
  if (whole) return { bootMs, recipeMs: 0, whole };
  await enter('provisioning');
  return { bootMs, recipeMs: await timed(() => provision(lab, steps, work)), whole };
}

async function restoreNodes(
  lab: OwnedLab,
  sealed: SealedLab,
  host: Host,
  work: WorkOptions,
): Promise<boolean> {
  const lock = await takeHostLock(sealed.folder, { signal: work.signal });
  try {
    return await bootNodes(lab, host, ({ name }) => sealedNode(sealed, name), work);
  } finally {
    await lock.release();
  }
}

/**
 * Saves the machines, which are as the recipe left them, and keeps what was saved.
 * @returns undefined when that was not to be: the lab goes on as it was.
 */
async function seal(
  lab: OwnedLab,
  key: string,
  warm: WarmStates,
  work: WorkOptions,
): Promise<SealedLab | undefined> {
  const lock = await tryHostLock(sealedFolder(lab.context.dataFolder, key));
  if (!lock) return undefined; // Another process is at it.
  try {
    if (!(await roomToSeal(lab))) return undefined;
    const title = 'Keep the lab as it is now, for the next of its kind';
    return await runStep(work, { id: 'seal', title }, async () => {
      await closeSessions(lab);
      await saveNodes(lab, work);
      const sealed = await sealNodes(lab, key, warm);
      await discardNodes(lab);
      await removeStaleSealedLabs(lab.context, sealed);
      return sealed;
    });
  } finally {
    await lock.release();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
