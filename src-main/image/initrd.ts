import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packCpio, type CpioEntry } from './cpio.ts';

const FOLDER = 0o040755;
const PROGRAM = 0o100755;
const FILE = 0o100644;
const LINK = 0o120777;

/** What the init script calls of busybox. */
const applets = ['insmod', 'mount', 'ip', 'switch_root', 'cat'];

/**
 * Writes the guest's initrd: one static program, a script and a handful of drivers, uncompressed, since an emulated
 * processor unpacks slower than a host's disk reads.
 * @param parts the folder that the build's hook left `busybox` and `modules/` in, with the load order in `modules/order`.
 */
export async function writeInitrd(file: string, parts: string, init: string): Promise<void> {
  const order = await readFile(path.join(parts, 'modules/order'), 'utf8');
  const folders = ['bin', 'dev', 'sys', 'modules', 'root'];
  const entries: CpioEntry[] = folders.map((name) => ({ path: name, mode: FOLDER }));
  entries.push({ path: 'init', mode: PROGRAM, content: init });
  entries.push({ path: 'bin/busybox', mode: PROGRAM, content: await readFile(path.join(parts, 'busybox')) });
  entries.push({ path: 'modules/order', mode: FILE, content: order });
  for (const applet of applets) entries.push({ path: `bin/${applet}`, mode: LINK, content: 'busybox' });
  for (const name of order.split('\n').filter(Boolean)) {
    entries.push({
      path: `modules/${name}`,
      mode: FILE,
      content: await readFile(path.join(parts, 'modules', name)),
    });
  }
  await writeFile(file, packCpio(entries));
}
