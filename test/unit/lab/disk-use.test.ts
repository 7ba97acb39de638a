import { linkSync, mkdirSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskUse } from '../../../src-main/lab/disk-use.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MiB = 2 ** 20;

function make(folder: string, ...names: string[]): string {
  const made = path.join(folder, ...names);
  mkdirSync(made, { recursive: true });
  return made;
}

const allocatedBy = (...files: string[]) => files.reduce((sum, file) => sum + statSync(file).blocks * 512, 0);

describe('diskUse', () => {
  it('tells of every image, warm state and lab by itself, the half-made too', async () => {
    const folder = temporaryFolder();
    make(folder, 'labs', 'two');
    make(folder, 'labs', 'one');
    make(folder, 'images', '.building-key');
    make(folder, 'warm', 'key');
    expect((await diskUse(folder)).map(({ kind, name }) => [kind, name])).toEqual([
      ['image', '.building-key'],
      ['warm state', 'key'],
      ['lab', 'one'],
      ['lab', 'two'],
    ]);
  });

  it('counts what is allocated, in all folders below, and not the length of a sparse file', async () => {
    const folder = temporaryFolder();
    const lab = make(folder, 'labs', 'one');
    const node = make(lab, 'rs1');
    const disk = path.join(node, 'disk.qcow2');
    writeFileSync(disk, Buffer.alloc(MiB, 1));
    truncateSync(disk, 1024 * MiB);
    writeFileSync(path.join(lab, 'lab.json'), '{}');
    const [use] = await diskUse(folder);
    expect(use?.bytes).toBe(allocatedBy(lab, node, disk, path.join(lab, 'lab.json')));
    expect(use?.bytes).toBeGreaterThanOrEqual(MiB);
    expect(use?.bytes).toBeLessThan(2 * MiB);
  });

  it('counts a file with two names once, and nothing a link leads to', async () => {
    const folder = temporaryFolder();
    const [one, two] = [make(folder, 'labs', 'one'), make(folder, 'labs', 'two')];
    const disk = path.join(one, 'disk');
    writeFileSync(disk, Buffer.alloc(MiB, 1));
    linkSync(disk, path.join(two, 'disk'));
    symlinkSync(disk, path.join(two, 'link'));
    const [first, second] = await diskUse(folder);
    expect(first?.bytes).toBeGreaterThanOrEqual(MiB);
    expect(second?.bytes).toBeLessThan(MiB);
  });

  it('finds nothing where nothing was made', async () => {
    expect(await diskUse(path.join(temporaryFolder(), 'none'))).toEqual([]);
  });
});
