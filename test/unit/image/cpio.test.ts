import { describe, expect, it } from 'vitest';
import { packCpio } from '../../../src-main/image/cpio.ts';

/** Reads an archive back by the format's description: 14 hexadecimal fields, name, content, each padded to four. */
function unpack(archive: Buffer) {
  const entries: { path: string; mode: number; content: string }[] = [];
  for (let at = 0; ;) {
    expect(archive.toString('latin1', at, at + 6)).toBe('070701');
    const number = (index: number) =>
      Number.parseInt(archive.toString('latin1', at + 6 + 8 * index, at + 14 + 8 * index), 16);
    const [mode, size, nameSize] = [number(1), number(6), number(11)];
    const path = archive.toString('latin1', at + 110, at + 110 + nameSize - 1);
    const start = Math.ceil((at + 110 + nameSize) / 4) * 4;
    if (path === 'TRAILER!!!') return { entries, end: start };
    entries.push({ path, mode, content: archive.toString('latin1', start, start + size) });
    at = Math.ceil((start + size) / 4) * 4;
  }
}

describe('packCpio', () => {
  it('packs files of any length, folders and links so that they read back', () => {
    const entries = [
      { path: 'bin', mode: 0o040755, content: '' },
      { path: 'bin/busybox', mode: 0o100755, content: 'abc' },
      { path: 'bin/ip', mode: 0o120777, content: 'busybox' },
      { path: 'a', mode: 0o100644, content: 'four' },
    ];
    const archive = packCpio(entries);
    const read = unpack(archive);
    expect(read.entries).toEqual(entries);
    expect(read.end).toBe(archive.length);
  });
});
