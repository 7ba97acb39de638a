import { open } from 'node:fs/promises';
import { z } from 'zod';
import { LabError } from '../../contract/lab-error.ts';
import { CommandError } from '../../process/command-error.ts';
import { run } from '../../process/run.ts';
import type { DiskFormat } from '../catalogue/entry-schema.ts';

const infoSchema = z.object({
  'virtual-size': z.number(),
  'backing-filename': z.string().optional(),
  'format-specific': z.object({ data: z.object({ 'data-file': z.string().optional() }) }).optional(),
});

/**
 * A disk image's size as a guest sees it, in bytes.
 * @throws LabError `bad-input` where it is not a disk of that format, or leans on other files: such a qcow2 could bring
 * any file of the host's into a guest.
 */
export async function inspectDisk(file: string, format: DiskFormat, signal?: AbortSignal): Promise<number> {
  const args = ['info', '--output=json', '-f', format, file];
  const { stdout } = await run('qemu-img', args, { signal, timeout: 60_000 }).catch((error: unknown) => {
    if (!(error instanceof CommandError) || error.cancelled) throw error;
    if (error.notFound) throw noQemuImg(error);
    throw new LabError('bad-input', `The file is not a ${format} disk that QEMU can read.`, {
      why: error.lastWords,
      cause: error,
    });
  });
  const info = infoSchema.parse(JSON.parse(stdout));
  const other = info['backing-filename'] ?? info['format-specific']?.data['data-file'];
  if (other === undefined) return info['virtual-size'];
  throw new LabError('bad-input', 'The disk image is not whole: it leans on another file.', {
    why: `It names ${other}.`,
    remedy: 'Make one file of it: qemu-img convert -O qcow2 FILE whole.qcow2',
  });
}

/**
 * The format of a disk image, by its first bytes: qcow2's magic number, or a boot sector's mark.
 * @throws LabError `bad-input` where it has neither.
 */
export async function detectFormat(file: string): Promise<DiskFormat> {
  await using handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(512), 0, 512, 0);
  if (buffer.subarray(0, 4).equals(Buffer.from('QFI\xfb', 'latin1'))) return 'qcow2';
  if (buffer.readUInt16LE(510) === 0xaa55) return 'raw';
  throw new LabError('bad-input', `${file} is not a disk image that a guest can start from.`, {
    why: 'It has neither the first bytes of a qcow2 nor the boot sector of a raw disk.',
    remedy: 'Other formats can be made a qcow2 of: qemu-img convert -O qcow2 FILE whole.qcow2',
  });
}

function noQemuImg(cause: CommandError): LabError {
  return new LabError('host-not-ready', 'qemu-img is not installed.', {
    remedy: 'Install it: apt-get install qemu-utils (Debian, Ubuntu), dnf install qemu-img (Fedora, CentOS).',
    cause,
  });
}
