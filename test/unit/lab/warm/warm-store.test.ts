import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  listWarmStates,
  readWarmState,
  removeWarmState,
  warmFiles,
  warmFolder,
  warmKey,
  warmNics,
  type WarmTerms,
} from '../../../../src-main/lab/warm/warm-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const terms: WarmTerms = {
  imageKey: 'a'.repeat(16),
  qemu: '7.2.22',
  acceleration: 'tcg',
  memoryMiB: 128,
  nics: 2,
};

describe('warmKey', () => {
  it('is the same for the same machine, and another for any other', () => {
    const key = warmKey(terms, 'cpu');
    expect(warmKey({ ...terms }, 'cpu')).toBe(key);
    const others = [
      warmKey({ ...terms, imageKey: 'b'.repeat(16) }, 'cpu'),
      warmKey({ ...terms, qemu: '8.0.0' }, 'cpu'),
      warmKey({ ...terms, acceleration: 'kvm' }, 'cpu'),
      warmKey({ ...terms, memoryMiB: 256 }, 'cpu'),
      warmKey({ ...terms, nics: 3 }, 'cpu'),
      warmKey(terms, 'another cpu'),
    ];
    expect(new Set([key, ...others]).size).toBe(7);
  });
});

describe('warmNics', () => {
  it('gives the machine the NICs that were saved, with the node’s ports', () => {
    const own = [{ mac: '02:aa:00:00:00:01', switchPort: 20001, guestPort: 20002 }];
    expect(warmNics({ nics: 2 }, own)).toEqual([
      { mac: '02:00:00:00:00:01', switchPort: 20001, guestPort: 20002 },
      { mac: '02:00:00:00:00:02', switchPort: 9, guestPort: 0 },
    ]);
  });
});

describe('the store of warm states', () => {
  it('holds only whole ones', async () => {
    const dataFolder = temporaryFolder();
    const folder = path.join(warmFolder(dataFolder), 'key');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, warmFiles.memory), 'memory');
    const record = { key: 'key', imageKey: 'i', memoryMiB: 128, nics: 2, madeAt: new Date().toISOString() };
    writeFileSync(path.join(folder, warmFiles.record), JSON.stringify(record));
    expect(await readWarmState(folder)).toBeUndefined();
    writeFileSync(path.join(folder, warmFiles.disk), 'disk');
    expect(await listWarmStates(dataFolder)).toMatchObject([{ key: 'key', folder }]);
    await removeWarmState({ folder });
    expect(await listWarmStates(dataFolder)).toEqual([]);
  });
});
