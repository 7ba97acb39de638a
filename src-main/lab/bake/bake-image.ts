import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { LabError, toErrorInfo } from '../../contract/lab-error.ts';
import { bakeKey } from '../../image/bake/bake-key.ts';
import { powerOff, seal } from '../../image/bake/guest-scripts.ts';
import { demandHost, obstaclesFor } from '../../image/catalogue/check-host.ts';
import type { CatalogueEntry } from '../../image/catalogue/entry-schema.ts';
import { readFetchSettings } from '../../image/catalogue/fetch-settings.ts';
import { readCloudImage } from '../../image/fetch/cloud-store.ts';
import { fetchImage } from '../../image/fetch/fetch-image.ts';
import type { GuestImage } from '../../image/guest-image.ts';
import { imagesFolder, readImage } from '../../image/image-store.ts';
import { takeHostLock } from '../../process/host-lock.ts';
import { findImageHost } from '../image-host.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import { readyHost } from '../prepare-host.ts';
import { runStep } from '../task.ts';
import { weighProgress } from '../weigh-progress.ts';
import { openBakeLog } from './bake-log.ts';
import {
  bakeMemoryMiB,
  bootMachine,
  clearBaking,
  logConsole,
  makeMachine,
  removeScratch,
  untilOff,
} from './bake-machine.ts';
import { bakeWeights, machineName, type Baking } from './baking.ts';
import { runScript } from './guest-script.ts';
import { flattenDisk, takeKernel, writeImageRecord } from './keep-image.ts';
import { prepareGuest } from './prepare-guest.ts';

export interface BakeOrder extends Pick<WorkOptions, 'onProgress' | 'signal'> {
  readonly context: LabContext;
  readonly entry: CatalogueEntry;
  /** Seconds the cloud image may take from its start until it answers over SSH; its first boot is its longest. */
  readonly bootTimeout?: number | undefined;
}

/** Enough for a first boot under emulation on a busy host; 80 s were measured. */
export const defaultBakeTimeout = 600;

/**
 * Makes of a cloud image one that labs start from: boots it once with a network, installs what labs need, seals and
 * keeps it. One that is not here is fetched first; one that is baked already is not baked again. Of several processes one
 * bakes, the others wait for it.
 * @throws LabError `host-not-ready` or `no-space` where this host cannot run it; as `fetchImage` does;
 * `node-does-not-boot`, `guest-unreachable`, `host-key-mismatch`, `image-build-failed` and what else a step ends with,
 * each with the log's path; `cancelled`. Nothing is left of a bake that fails but its log.
 */
export async function bakeImage(order: BakeOrder): Promise<GuestImage> {
  const { context, entry } = order;
  const known = await readCloudImage(context.dataFolder, entry.name);
  const baked = known && (await readImage(targetOf(context, bakeKey(entry, known))));
  if (baked) return baked;
  await demandBakeHost(order);
  const acceleration = await readyHost(context, order);
  const cloud = known ?? (await fetchCloudImage(order));
  const target = targetOf(context, bakeKey(entry, cloud));
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  await chmod(context.dataFolder, 0o700);
  await using held = new AsyncDisposableStack();
  const folder = path.join(path.dirname(target), `.baking-${entry.name}`);
  held.use(await waitForTurn(folder, order));
  const meanwhile = await readImage(target);
  if (meanwhile) return meanwhile;
  await bakeInto(target, order, { cloud, acceleration, folder });
  await rename(logFile(target, entry), path.join(target, 'bake.log')).catch(() => undefined);
  const image = await readImage(target);
  if (!image) throw new LabError('image-build-failed', 'The image was baked, but its files are not whole.');
  return image;
}

function targetOf({ dataFolder }: LabContext, key: string): string {
  return path.join(imagesFolder(dataFolder), key);
}

/** Where it is written; in the end it goes with the image. */
function logFile(target: string, { name }: CatalogueEntry): string {
  return path.join(path.dirname(target), `bake-${name}.log`);
}

/** What makes no sense to begin is not begun. Its memory is wanted now, so that counts too. */
async function demandBakeHost({ context, entry, signal }: BakeOrder): Promise<void> {
  const host = await findImageHost(context.dataFolder, signal);
  demandHost(entry, host);
  const needs = { ...entry.needs, memoryMiB: bakeMemoryMiB({ entry }) };
  const memory = obstaclesFor({ ...entry, needs }, host).find(({ about }) => about === 'memory');
  if (memory) throw new LabError('no-space', memory.what, { why: memory.why, remedy: memory.remedy });
}

async function fetchCloudImage({ context: { dataFolder }, entry, onProgress, signal }: BakeOrder) {
  const settings = await readFetchSettings(dataFolder);
  return fetchImage({ dataFolder, entry, settings, onProgress, signal });
}

function waitForTurn(folder: string, order: BakeOrder) {
  const step = { id: 'bake.wait', title: 'See that no other process bakes it' };
  return runStep(order, step, (tell) =>
    takeHostLock(folder, {
      signal: order.signal,
      onWait: () => {
        tell({ detail: 'another process is at it' });
      },
    }),
  );
}

type Ready = Pick<Baking, 'acceleration' | 'cloud' | 'folder'>;

async function bakeInto(target: string, order: BakeOrder, ready: Ready): Promise<void> {
  const { context, entry, signal, bootTimeout = defaultBakeTimeout } = order;
  const { folder, cloud } = ready;
  await clearBaking(context, folder);
  await using log = openBakeLog(logFile(target, entry));
  const weighed = { signal, onProgress: weighProgress(order.onProgress, bakeWeights, 1) };
  const baking: Baking = {
    ...{ context, entry, log, signal, bootTimeout, ...ready },
    key: path.basename(target),
    step: (id, title, work) => {
      log.say(`== ${title}`);
      return runStep(weighed, { id, title }, work);
    },
  };
  try {
    log.say(`Baking ${entry.title} (${entry.name}) from ${cloud.file}, ${cloud.digest}.`);
    await mkdir(folder, { mode: 0o700 });
    await carryOut(baking);
    // What lies there is not a whole image, or it would have been found.
    await rm(target, { recursive: true, force: true });
    await rename(folder, target);
    log.say(`Baked: ${target}`);
  } catch (error) {
    await logFailure(baking, error);
    // What cannot be cleared up now is by the next bake; it is no reason to tell of anything but the failure.
    await clearBaking(context, folder).catch((left: unknown) => {
      log.say(`Left behind: ${toErrorInfo(left).message}`);
    });
    throw bakeFailure(error, baking);
  }
}

async function carryOut(baking: Baking): Promise<void> {
  const { step } = baking;
  const machine = await step('bake.disk', 'Make its disk and seed', () => makeMachine(baking));
  const session = await step('bake.boot', 'Boot the cloud image', () => bootMachine(baking, machine));
  let learnt;
  try {
    const traits = await prepareGuest(baking, session);
    const kernelArguments = await step('bake.kernel', 'Copy out its kernel', () =>
      takeKernel(baking, session),
    );
    await step('bake.seal', 'Seal it', () => runScript(session, seal, baking));
    await runScript(session, powerOff, baking);
    learnt = { traits, kernelArguments };
  } finally {
    await session.close();
  }
  await step('bake.end', 'Wait until it is off', () => untilOff(baking, machine));
  await step('bake.keep', 'Write the image', async () => {
    await flattenDisk(baking, machine);
    await removeScratch(baking);
    await writeImageRecord(baking, machine, learnt);
  });
}

async function logFailure(baking: Baking, error: unknown): Promise<void> {
  const { message, why } = toErrorInfo(error);
  baking.log.say(`Failed: ${message}`);
  if (why !== undefined) baking.log.quote(`${why}\n`);
  await logConsole(baking);
}

function bakeFailure(error: unknown, baking: Baking): LabError {
  const { code, message, ...details } = toErrorInfo(error);
  if (code === 'cancelled') return new LabError(code, 'Baking was cancelled.', { cause: error });
  return new LabError(code, message, {
    ...details,
    node: machineName(baking),
    remedy: `${details.remedy ?? ''} All that was done is in ${baking.log.file}`.trim(),
    cause: error,
  });
}
