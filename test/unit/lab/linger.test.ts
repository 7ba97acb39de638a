import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lingerRemark } from '../../../src-main/lab/linger.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const session = { uri: 'qemu:///session' };
const alice = { uid: 1000, user: 'alice' };

function hostWith(...folders: string[]): string {
  const root = temporaryFolder();
  for (const folder of folders) mkdirSync(path.join(root, folder), { recursive: true });
  return root;
}

describe('what a logout does to a kept lab', () => {
  const logind = ['run/systemd/system', 'run/systemd/users'];

  it('is told where systemd-logind would end it', () => {
    const root = hostWith(...logind);
    expect(lingerRemark(session, { ...alice, root })).toContain('loginctl enable-linger');
  });

  it('is nothing where the user lingers', () => {
    const root = hostWith(...logind, 'var/lib/systemd/linger');
    writeFileSync(path.join(root, 'var/lib/systemd/linger/alice'), '');
    expect(lingerRemark(session, { ...alice, root })).toBeUndefined();
  });

  it('is nothing as root, under the system daemon, or without systemd', () => {
    const root = hostWith(...logind);
    expect(lingerRemark(session, { uid: 0, user: 'root', root })).toBeUndefined();
    expect(lingerRemark({ uri: 'qemu:///system' }, { ...alice, root })).toBeUndefined();
    expect(lingerRemark(session, { ...alice, root: hostWith() })).toBeUndefined();
  });
});
