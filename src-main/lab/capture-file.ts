import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../contract/lab-error.ts';

/** Type of a Section Header Block, with which every pcapng file begins (draft-ietf-opsawg-pcapng, 4.1). */
const pcapngMagic = 0x0a0d0d0a;

/**
 * Makes sure that a capture can be written to a file, before anything of the lab is made. An earlier capture there
 * is replaced, as tcpdump does; any other file of the user is not.
 * @throws LabError `bad-input`
 */
export async function checkCaptureFile(file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file));
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new LabError('bad-input', `Frames cannot be written to ${file}.`, {
      why: `The folder ${folder} is not there, or not yours to write to.`,
      remedy: 'Name a file in a folder of yours.',
      cause: error,
    });
  }
  if (await mayReplace(file)) return;
  throw new LabError('bad-input', `${file} is not a capture, and would be overwritten.`, {
    remedy: 'Name another file, or remove that one first.',
  });
}

async function mayReplace(file: string): Promise<boolean> {
  let handle;
  try {
    handle = await open(file);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 0 || buffer.readUInt32BE(0) === pcapngMagic;
  } catch {
    return false; // A folder, for one.
  } finally {
    await handle.close();
  }
}
