import { run } from '../process/run.ts';

/** Makes a machine's disk: empty, over another qcow2, which stays as it is (qemu-img(1)). */
export async function createOverlay(base: string, file: string): Promise<void> {
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', base, file]);
}
