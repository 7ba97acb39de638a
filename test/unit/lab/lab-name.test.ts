import { describe, expect, it } from 'vitest';
import { claimLabName } from '../../../src-main/lab/lab-name.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('claimLabName', () => {
  it('numbers the template’s name, also when many ask at once', async () => {
    const folder = temporaryFolder();
    const claims = await Promise.all([1, 2, 3].map(() => claimLabName(folder, undefined, 'three-modes')));
    expect(claims.map(({ name }) => name).sort()).toEqual(['three-modes', 'three-modes-2', 'three-modes-3']);
  });

  it('refuses a name that is taken, and keeps the folder of the one that has it', async () => {
    const folder = temporaryFolder();
    expect(await claimLabName(folder, 'mine', 'three-modes')).toMatchObject({ name: 'mine' });
    await expect(claimLabName(folder, 'mine', 'three-modes')).rejects.toMatchObject({
      code: 'already-exists',
    });
    expect(await claimLabName(folder, 'yours', 'three-modes')).toMatchObject({ name: 'yours' });
  });

  it.each(['', '../up', 'Lab', '1lab', 'a b', 'a'.repeat(32)])('refuses %j', async (name) => {
    await expect(claimLabName(temporaryFolder(), name, 't')).rejects.toMatchObject({ code: 'bad-input' });
  });
});
