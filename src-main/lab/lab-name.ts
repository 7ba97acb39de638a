import { mkdir } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import { tryLabLock, type LabLock } from './lab-lock.ts';
import { labFolder, labNames, labsFolder } from './lab-record.ts';

/** A name, and the right to what lies under it. */
export interface ClaimedName {
  readonly name: string;
  readonly lock: LabLock;
}

const pattern = /^[a-z][a-z0-9-]{0,30}$/;

/**
 * Makes a lab's folder, and with it takes the name: two processes at once cannot get the same one.
 * @param wanted A name the user gave, or undefined for the template's, numbered where that is taken.
 * @throws LabError `already-exists` when the user's name is taken, `bad-input` when it is not a name.
 */
export async function claimLabName(
  dataFolder: string,
  wanted: string | undefined,
  template: string,
): Promise<ClaimedName> {
  await mkdir(labsFolder(dataFolder), { recursive: true, mode: 0o700 });
  for (const name of candidates(wanted, template)) {
    const claimed = await claim(dataFolder, name);
    if (claimed) return claimed;
  }
  throw alreadyThere(wanted);
}

/**
 * The name that `claimLabName` would take now; nothing is taken yet.
 * @param reserved Names that are about to be taken.
 * @throws LabError as `claimLabName`.
 */
export async function freeLabName(
  dataFolder: string,
  {
    wanted,
    template,
    reserved,
  }: { wanted: string | undefined; template: string; reserved: readonly string[] },
): Promise<string> {
  const taken = new Set([...reserved, ...(await labNames(dataFolder))]);
  for (const name of candidates(wanted, template)) if (!taken.has(name)) return name;
  throw alreadyThere(wanted);
}

/** @throws LabError `bad-input` */
function* candidates(wanted: string | undefined, template: string): Generator<string, undefined> {
  if (wanted === undefined) {
    for (let number = 1; ; number++) yield number === 1 ? template : `${template}-${number}`;
  }
  if (!pattern.test(wanted)) {
    throw new LabError('bad-input', `'${wanted}' is not a name for a lab.`, {
      remedy: 'Use up to 31 lower-case letters, digits and dashes, beginning with a letter.',
    });
  }
  yield wanted;
}

function alreadyThere(name = ''): LabError {
  return new LabError('already-exists', `There is a lab '${name}' already.`, {
    remedy: `Give another name, or remove that lab: lvslab rm ${name}`,
  });
}

/** The lock comes first: a folder that nobody holds is taken for one whose maker died. */
async function claim(dataFolder: string, name: string): Promise<ClaimedName | undefined> {
  const lock = await tryLabLock(dataFolder, name);
  if (!lock) return undefined;
  try {
    await mkdir(labFolder(dataFolder, name), { mode: 0o700 });
    return { name, lock };
  } catch (error) {
    await lock.release();
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}
