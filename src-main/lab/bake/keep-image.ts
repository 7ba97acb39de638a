import { createWriteStream } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GuestTraits } from '../../family/guest-traits.ts';
import { LabError } from '../../contract/lab-error.ts';
import type { GuestSession } from '../../guest/guest-session.ts';
import { initrdScript, kernelScript } from '../../image/bake/guest-scripts.ts';
import { labKernelArguments } from '../../image/bake/kernel-arguments.ts';
import { imageFiles, type ImageRecord } from '../../image/image-store.ts';
import { CommandError } from '../../process/command-error.ts';
import { run } from '../../process/run.ts';
import type { BakeMachine } from './bake-machine.ts';
import type { Baking } from './baking.ts';
import { runScript } from './guest-script.ts';

/** Copies the guest's kernel and initrd into the image's folder. @returns what a lab is to tell the kernel */
export async function takeKernel(baking: Baking, session: GuestSession): Promise<string> {
  await takeFile(baking, session, { script: kernelScript, name: imageFiles.kernel });
  await takeFile(baking, session, { script: initrdScript, name: imageFiles.initrd });
  const ask = { what: 'tell what its kernel was told', script: 'cat /proc/cmdline' };
  return labKernelArguments(await runScript(session, ask, baking));
}

/** Milliseconds for a kernel or an initrd of some tens of MiB, under emulation. */
const copyMs = 600_000;

async function takeFile(
  { folder, log, signal }: Baking,
  session: GuestSession,
  { script, name }: { script: string; name: string },
): Promise<void> {
  const pieces = new PassThrough();
  const written = pipeline(pieces, createWriteStream(path.join(folder, name), { mode: 0o600 }));
  written.catch(() => undefined); // Heard below, unless the guest fails first.
  let [bytes, stderr] = [0, ''];
  const { exitCode } = await session
    .stream(script, {
      signal,
      timeout: copyMs,
      onStdout: (piece) => {
        bytes += piece.length;
        pieces.write(piece);
      },
      onStderr: (piece) => void (stderr += String(piece)),
    })
    .finally(() => pieces.end());
  await written;
  log.say(`Copied out: ${name}, ${bytes} bytes.`);
  if (exitCode === 0 && bytes > 0) return;
  throw new LabError('image-build-failed', `The guest's ${name} could not be copied out.`, {
    why: stderr.trim() || `Exit code ${exitCode}.`,
    remedy: 'An image whose kernel is not in /boot cannot be baked.',
  });
}

/**
 * Writes the disk without the cloud image below it, for reading alone. Compressed: about half of it, and a lab reads
 * little of it (docs/images.md).
 */
export async function flattenDisk({ folder, signal }: Baking, { disk }: BakeMachine): Promise<void> {
  const file = path.join(folder, imageFiles.rootDisk);
  const convert = (options: readonly string[]) =>
    run('qemu-img', ['convert', '-q', '-f', 'qcow2', '-O', 'qcow2', '-c', ...options, disk, file], {
      signal,
    });
  try {
    await convert(['-o', 'compression_type=zstd']);
  } catch (error) {
    // A qemu-img that was built without it.
    if (!(error instanceof CommandError) || !/compression.type|zstd/i.test(error.stderr)) throw error;
    await convert([]);
  }
  await chmod(file, 0o400);
}

/** Writes what cannot be told from the other files; with it there is an image. */
export async function writeImageRecord(
  { folder, entry, key }: Baking,
  { hostKey }: BakeMachine,
  { traits, kernelArguments }: { readonly traits: GuestTraits; readonly kernelArguments: string },
): Promise<void> {
  const record: ImageRecord = {
    key,
    ...{ name: entry.name, title: entry.title, memoryMiB: entry.needs.memoryMiB, traits },
    ...{ kernelArguments, sshUser: 'root', hostKey },
    builtAt: new Date().toISOString(),
  };
  await writeFile(path.join(folder, imageFiles.record), JSON.stringify(record, undefined, 2) + '\n', {
    mode: 0o600,
  });
}
