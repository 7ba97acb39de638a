import { mkdir } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import { tryLabLock, type LabLock } from './lab-lock.ts';
import { labFolder, labsFolder } from './lab-record.ts';

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
  if (wanted === undefined) return claimNumbered(dataFolder, template);
  if (!pattern.test(wanted)) {
    throw new LabError('bad-input', `'${wanted}' is not a name for a lab.`, {
      remedy: 'Use up to 31 lower-case letters, digits and dashes, beginning with a letter.',
    });
  }
  const claimed = await claim(dataFolder, wanted);
  if (claimed) return claimed;
  throw new LabError('already-exists', `There is a lab '${wanted}' already.`, {
    remedy: `Give another name, or remove that lab: lvslab rm ${wanted}`,
  });
}

async function claimNumbered(dataFolder: string, template: string): Promise<ClaimedName> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? template : `${template}-${number}`;
    const claimed = await claim(dataFolder, name);
    if (claimed) return claimed;
  }
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
