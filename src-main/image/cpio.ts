/** One entry of an initrd. */
export interface CpioEntry {
  readonly path: string;
  /** File type and permission bits as in stat(2). */
  readonly mode: number;
  /** The file's content, or where a symbolic link points; empty for a folder. */
  readonly content?: Buffer | string;
}

/** An archive in the form that the kernel unpacks as an initrd (its Documentation: initramfs buffer format, `newc`). */
export function packCpio(entries: readonly CpioEntry[]): Buffer {
  const all = [...entries, { path: 'TRAILER!!!', mode: 0 }];
  return Buffer.concat(all.flatMap((entry, index) => packEntry(entry, index + 1)));
}

function packEntry({ path, mode, content = '' }: CpioEntry, inode: number): Buffer[] {
  const body = Buffer.from(content);
  const name = Buffer.from(`${path}\0`);
  // inode, mode, uid, gid, links, mtime, size, device ×2, device node ×2, name's length, checksum
  const numbers = [inode, mode, 0, 0, 1, 0, body.length, 0, 0, 0, 0, name.length, 0];
  const header = Buffer.from('070701' + numbers.map((value) => value.toString(16).padStart(8, '0')).join(''));
  return [header, name, padding(header.length + name.length), body, padding(body.length)];
}

/** Header with name, and content, each end at a multiple of four. */
function padding(length: number): Buffer {
  return Buffer.alloc((4 - (length % 4)) % 4);
}
