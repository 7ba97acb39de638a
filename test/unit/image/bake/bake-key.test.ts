import { describe, expect, it } from 'vitest';
import { bakeKey } from '../../../../src-main/image/bake/bake-key.ts';
import { entrySchema } from '../../../../src-main/image/catalogue/entry-schema.ts';

const entry = entrySchema.parse({
  name: 'mine',
  title: 'Mine',
  architecture: 'x86_64',
  needs: { cpu: 'x86-64', firmware: 'bios', memoryMiB: 512, diskMiB: 4096 },
  cloudInit: { networkConfig: 2, defaultUser: 'me' },
  packages: { manager: 'apt', names: { apache: 'apache2' } },
  services: {},
  selinux: 'none',
});
const cloud = { digest: 'aa' };
const key = bakeKey(entry, cloud);

describe('bakeKey', () => {
  it('is a name for a folder, the same for the same', () => {
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(bakeKey({ ...entry }, { ...cloud })).toBe(key);
  });

  it('does not change with what only people read', () => {
    expect(bakeKey({ ...entry, title: 'Other', notes: ['a word'] }, cloud)).toBe(key);
  });

  it('changes with the cloud image, what is installed in it and what it needs', () => {
    const others = [
      bakeKey(entry, { digest: 'bb' }),
      bakeKey(
        { ...entry, packages: { manager: 'apt', names: { apache: 'apache2', nginx: 'nginx' } } },
        cloud,
      ),
      bakeKey({ ...entry, needs: { ...entry.needs, memoryMiB: 1024 } }, cloud),
    ];
    expect(new Set([key, ...others]).size).toBe(4);
  });
});
