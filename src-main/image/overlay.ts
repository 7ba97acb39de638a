import { run } from '../process/run.ts';
import type { GuestImage } from './guest-image.ts';

/** Makes a node's disk: empty, over the image's, which stays as it is (qemu-img(1)). */
export async function createOverlay(image: GuestImage, file: string): Promise<void> {
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', image.rootDisk, file]);
}
