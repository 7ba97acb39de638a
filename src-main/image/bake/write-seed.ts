import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import { CommandError } from '../../process/command-error.ts';
import { run } from '../../process/run.ts';
import { seedFiles, type SeedTerms } from './seed-files.ts';

/**
 * Writes a seed as an ISO 9660 image with the label by which cloud-init finds it.
 * @param folder One of the caller's own, where the files are for as long as it takes: one of them is a private key.
 * @throws LabError `host-not-ready` without xorriso.
 */
export async function writeSeed(
  file: string,
  folder: string,
  terms: SeedTerms,
  signal: AbortSignal,
): Promise<void> {
  const source = path.join(folder, 'seed');
  await mkdir(source, { mode: 0o700 });
  try {
    for (const [name, text] of Object.entries(seedFiles(terms))) {
      await writeFile(path.join(source, name), text, { mode: 0o600 });
    }
    const form = ['-as', 'mkisofs', '-quiet', '-volid', 'cidata', '-joliet', '-rock'];
    await run('xorriso', [...form, '-output', file, source], { signal, timeout: 60_000 });
  } catch (error) {
    if (error instanceof CommandError && error.notFound) throw noXorriso(error);
    throw error;
  } finally {
    await rm(source, { recursive: true, force: true });
  }
}

function noXorriso(cause: CommandError): LabError {
  return new LabError(
    'host-not-ready',
    'xorriso is not installed: it writes what a cloud image reads at its first boot.',
    {
      remedy: 'Install it: apt-get install xorriso (Debian, Ubuntu), dnf install xorriso (Fedora, CentOS).',
      cause,
    },
  );
}
