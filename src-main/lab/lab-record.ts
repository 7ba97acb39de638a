import { access, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { impairmentSchema } from '../contract/impairment.ts';
import { errorInfoSchema, LabError } from '../contract/lab-error.ts';
import { madeWithSchema } from '../plan/as-made.ts';
import { labPlanSchema } from '../plan/lab-plan.ts';
import { isMissing, unreadable } from '../process/file-errors.ts';
import { labMakerSchema } from './lab-maker.ts';
import { labStates, labVerbs } from './lab-states.ts';
import { processIdentitySchema } from './process-identity.ts';
import { appliedStepSchema } from '../plan/applied-step.ts';

/** What is kept of a lab on disk: enough to find, use and remove it after the process that made it has gone. */
export const labRecordSchema = z.object({
  revision: z.literal(2),
  state: z.enum(labStates),
  /** What is being done with it, so that whoever finds it after a crash can finish or undo that. */
  verb: z.enum(labVerbs).nullable(),
  /** Why it is `failed`. */
  failure: errorInfoSchema.nullable(),
  plan: labPlanSchema,
  /** The key of the guest image its disks lie over. */
  image: z.string(),
  /** The keys of the warm states its disks lie over. */
  warm: z.array(z.string()),
  /** ISO 8601. */
  createdAt: z.string(),
  /** Who made it, and under which libvirt; records from before had none. */
  maker: labMakerSchema.optional(),
  /** The process that runs its switch. */
  owner: processIdentitySchema,
  /** How its nodes are reached over SSH; they share their image's key. */
  access: z.object({ user: z.string(), keyPath: z.string() }),
  /** Node to the host key it was given, as in known_hosts; filled in once all nodes answer. */
  hostKeys: z.record(z.string(), z.string()),
  /** What the recipe did, for undo. */
  applied: z.array(appliedStepSchema),
  /** What it was made with; labs of earlier versions do not know. */
  made: madeWithSchema.optional(),
  /** What is wrong with cables, by `node:nic`. */
  impairments: z.record(z.string(), impairmentSchema).default({}),
});
export type LabRecord = z.infer<typeof labRecordSchema>;

/** The folder all labs of a user are in. */
export function labsFolder(dataFolder: string): string {
  return path.join(dataFolder, 'labs');
}

/** One lab's folder: its record, and a folder for each node. */
export function labFolder(dataFolder: string, name: string): string {
  return path.join(labsFolder(dataFolder), name);
}

export function nodeFolder(dataFolder: string, lab: string, node: string): string {
  return path.join(labFolder(dataFolder, lab), node);
}

/** Writes a record whole or not at all. */
export async function writeRecord(dataFolder: string, record: LabRecord): Promise<void> {
  await writeFileAtomic(recordPath(dataFolder, record.plan.name), JSON.stringify(record, undefined, 2), {
    mode: 0o600,
  });
}

/**
 * @throws LabError `not-found` when there is no such lab, naming those there are; `command-failed` when this user may not
 *   read it; `internal` for a record that makes no sense.
 */
export async function readRecord(dataFolder: string, name: string): Promise<LabRecord> {
  let content: string;
  try {
    content = await readFile(recordPath(dataFolder, name), 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw unreadable(`The record of the lab '${name}'`, error);
    const names = await labNames(dataFolder);
    throw new LabError('not-found', `There is no lab '${name}'.`, {
      remedy: names.length ? `Labs here: ${names.join(', ')}.` : "No lab is here; 'lvslab up' starts one.",
      cause: error,
    });
  }
  try {
    return labRecordSchema.parse(JSON.parse(content));
  } catch (error) {
    throw new LabError('internal', `The record of the lab '${name}' cannot be read.`, {
      why: 'It was written by another version of LVS Lab, or is damaged.',
      remedy: `Remove the lab: lvslab rm ${name}`,
      cause: error,
    });
  }
}

/**
 * For a record that cannot be read: none, where that is because it is not there or makes no sense.
 * @throws LabError where this user may not read it.
 */
export function unlessForbidden(error: unknown): undefined {
  if (error instanceof LabError && error.code === 'command-failed') throw error;
}

/** Whether a lab has a record, readable or not. */
export function hasRecord(dataFolder: string, name: string): Promise<boolean> {
  return access(recordPath(dataFolder, name)).then(
    () => true,
    (error: unknown) => !isMissing(error),
  );
}

/**
 * The names of all labs that have a folder, whole or half made.
 * @throws LabError `command-failed` when this user may not read the folder of all labs.
 */
export async function labNames(dataFolder: string): Promise<string[]> {
  const folder = labsFolder(dataFolder);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw unreadable(`The folder of labs, ${folder},`, error);
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Where a lab's record is. */
export function recordPath(dataFolder: string, name: string): string {
  return path.join(labFolder(dataFolder, name), 'lab.json');
}
