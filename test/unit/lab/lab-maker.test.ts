import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectionOf, demandOwn, isOthers, ownMaker } from '../../../src-main/lab/lab-maker.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const own = { uri: 'qemu:///session', env: { XDG_RUNTIME_DIR: undefined } };

describe('who made a lab', () => {
  it('is this user, under the libvirt that was spoken to', () => {
    const maker = ownMaker(own);
    expect(maker).toMatchObject({ uid: process.getuid?.(), uri: own.uri, runtimeFolder: null });
    expect(isOthers(maker)).toBe(false);
    demandOwn('mine', maker);
    demandOwn('mine', undefined);
  });

  it('has its machines looked for where it made them, whatever this shell would use', () => {
    const folder = temporaryFolder();
    const maker = { ...ownMaker(own), uri: 'qemu:///system', runtimeFolder: folder };
    expect(connectionOf(maker, own)).toEqual({ uri: 'qemu:///system', env: { XDG_RUNTIME_DIR: folder } });
    expect(connectionOf(undefined, own)).toBe(own);
  });

  it('is found by this shell, where the folder of its daemon has gone', () => {
    const maker = { ...ownMaker(own), runtimeFolder: path.join(temporaryFolder(), 'gone') };
    expect(connectionOf(maker, own)).toEqual(own);
  });

  it('may be another user, who is named', () => {
    const maker = { ...ownMaker(own), uid: (process.getuid?.() ?? 0) + 1, user: 'alice' };
    expect(isOthers(maker)).toBe(true);
    expect(connectionOf(maker, own)).toBe(own);
    expect(() => {
      demandOwn('mine', maker);
    }).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: "The lab 'mine' was made by alice under qemu:///session.",
      }),
    );
  });
});
