import { run } from '../process/run.ts';
import type { DiskFormat } from './catalogue/entry-schema.ts';

interface OverlayOptions {
  /** What the disk below is; a qcow2 by default. */
  readonly format?: DiskFormat;
  /** As the guest sees it; as large as the disk below by default. */
  readonly bytes?: number;
}

/** Makes a machine's disk: empty, over another, which stays as it is (qemu-img(1)). */
export async function createOverlay(
  base: string,
  file: string,
  { format = 'qcow2', bytes }: OverlayOptions = {},
): Promise<void> {
  const size = bytes === undefined ? [] : [String(bytes)];
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', format, '-b', base, file, ...size]);
}
