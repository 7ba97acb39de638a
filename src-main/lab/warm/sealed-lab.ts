import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { LabPlan, NodePlan } from '../../plan/lab-plan.ts';
import type { PlannedStep } from '../../plan/plan-recipe.ts';
import { throwIfForbidden } from '../../process/file-errors.ts';
import { demandNotHeld, removeFolder } from '../../process/held-disks.ts';
import { freeDiskMiB } from '../host-limits.ts';
import { nodeFiles } from '../node-files.ts';
import type { OwnedLab } from '../owned-lab.ts';
import { appliedStepSchema, type AppliedStep } from '../../plan/applied-step.ts';
import { warmFolder, type WarmSource, type WarmState } from './warm-store.ts';

/** Raised when what is sealed changes from the same recipe. */
const SEAL_REVISION = 1;

/** Room that must be left after sealing. */
const reserveMiB = 1024;

const sealedRecordSchema = z.object({
  key: z.string(),
  imageKey: z.string(),
  template: z.string(),
  mode: z.string(),
  /** The warm states its disks lie over. */
  warm: z.array(z.string()),
  /** By node: how many NICs its machine has, and the host key it shows. */
  nodes: z.record(z.string(), z.object({ nics: z.number().int(), hostKey: z.string() })),
  /** What the recipe did, as JSON without the lab's MACs. */
  applied: z.string(),
  madeAt: z.iso.datetime(),
});

/** A whole lab, saved the moment its recipe was verified: the next of its kind starts with the recipe applied. */
export interface SealedLab extends z.infer<typeof sealedRecordSchema> {
  readonly folder: string;
  /** On disk. */
  readonly bytes: number;
}

const recordFile = 'sealed.json';

/** The name of the sealed lab that such a plan can start from: everything its guests know but who they are. */
export function sealKey(plan: LabPlan, steps: readonly PlannedStep[], warm: readonly WarmState[]): string {
  const nodes = plan.nodes.map(({ name, memoryMiB, nics }) => [
    name,
    memoryMiB,
    nics.map((nic) => [nic.name, nic.segment, nic.address]),
  ]);
  const under = warm.map(({ key }) => key);
  const content = withoutMacs(JSON.stringify([SEAL_REVISION, plan.service, nodes, steps, under]), plan);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** Where a sealed lab of that key lies, or would. */
export function sealedFolder(dataFolder: string, key: string): string {
  return path.join(warmFolder(dataFolder), key);
}

export async function findSealedLab(dataFolder: string, key: string): Promise<SealedLab | undefined> {
  return readSealedLab(sealedFolder(dataFolder, key));
}

export async function listSealedLabs(dataFolder: string): Promise<SealedLab[]> {
  const names = await readdir(warmFolder(dataFolder)).catch((error: unknown) => {
    throwIfForbidden(error, `The folder of warm states, ${warmFolder(dataFolder)},`);
    return [];
  });
  const labs = await Promise.all(names.map((name) => readSealedLab(path.join(warmFolder(dataFolder), name))));
  return labs.filter((lab) => lab !== undefined);
}

/** What one node of a sealed lab starts from; undefined for a node it has not. */
export function sealedNode({ folder, nodes }: SealedLab, node: string): WarmSource | undefined {
  const sealed = nodes[node];
  return sealed && { ...sourceFiles(folder, node), ...sealed, ofOne: true };
}

/** What the recipe did, in the words of the lab that starts from it. */
export function sealedSteps({ applied }: SealedLab, plan: LabPlan): AppliedStep[] {
  return z.array(appliedStepSchema).parse(JSON.parse(withMacs(applied, plan)));
}

/** Labs of one kind differ by their MACs alone, which some steps name. */
function withoutMacs(json: string, plan: LabPlan): string {
  return namedMacs(plan).reduce((text, [name, mac]) => text.replaceAll(mac, name), json);
}

function withMacs(json: string, plan: LabPlan): string {
  return namedMacs(plan).reduce((text, [name, mac]) => text.replaceAll(name, mac), json);
}

function namedMacs({ nodes }: LabPlan): [name: string, mac: string][] {
  return nodes.flatMap((node) =>
    node.nics.map(({ name, mac }): [string, string] => [`<MAC of ${node.name} ${name}>`, mac]),
  );
}

/** Whether there is room to seal a lab. */
export async function roomToSeal({ context, record: { plan } }: OwnedLab): Promise<boolean> {
  const needed = plan.nodes.reduce((sum, { memoryMiB }) => sum + 2 * memoryMiB, reserveMiB);
  return (await freeDiskMiB(warmFolder(context.dataFolder))) > needed;
}

/** Makes a sealed lab of one whose machines were saved just now: takes their memory and disks away from it. */
export async function sealNodes(
  { context, record: { plan, applied, image, hostKeys } }: OwnedLab,
  key: string,
  warm: ReadonlyMap<number, WarmState>,
): Promise<SealedLab> {
  const folder = sealedFolder(context.dataFolder, key);
  await removeFolder(folder, 'A sealed lab');
  await mkdir(folder, { mode: 0o700 });
  for (const node of plan.nodes) {
    const files = nodeFiles(context, plan.name, node);
    const target = sourceFiles(folder, node.name);
    await rename(files.memory, target.memory);
    await rename(files.disk, target.disk);
  }
  const describe = ({ name, memoryMiB, nics }: NodePlan) => ({
    nics: warm.get(memoryMiB)?.nics ?? nics.length,
    hostKey: hostKeys[name] ?? '',
  });
  const record: z.infer<typeof sealedRecordSchema> = {
    key,
    imageKey: image,
    template: plan.template,
    mode: plan.mode,
    warm: [...warm.values()].map((state) => state.key),
    nodes: Object.fromEntries(plan.nodes.map((node) => [node.name, describe(node)])),
    applied: withoutMacs(JSON.stringify(applied), plan),
    madeAt: new Date().toISOString(),
  };
  await writeFile(path.join(folder, recordFile), JSON.stringify(record));
  const sealed = await readSealedLab(folder);
  if (!sealed) throw new Error('The sealed lab cannot be read back.');
  return sealed;
}

/** Deletes a sealed lab; whether a lab's disks lie over it is for the caller to know. */
export async function removeSealedLab({ folder }: Pick<SealedLab, 'folder'>): Promise<void> {
  await demandNotHeld(folder, 'A sealed lab');
  await rm(path.join(folder, recordFile), { force: true });
  await removeFolder(folder, 'A sealed lab');
}

function sourceFiles(folder: string, node: string) {
  return { memory: path.join(folder, `${node}.save`), disk: path.join(folder, `${node}.qcow2`) };
}

async function readSealedLab(folder: string): Promise<SealedLab | undefined> {
  try {
    const record = sealedRecordSchema.parse(
      JSON.parse(await readFile(path.join(folder, recordFile), 'utf8')),
    );
    const files = Object.keys(record.nodes).flatMap((node) => Object.values(sourceFiles(folder, node)));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).blocks * 512));
    return { ...record, folder, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  } catch (error) {
    throwIfForbidden(error, `The sealed lab in ${folder}`);
    return undefined;
  }
}
