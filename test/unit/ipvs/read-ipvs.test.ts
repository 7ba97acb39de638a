import { describe, expect, it } from 'vitest';
import type { GuestShell } from '../../../src-main/guest/guest-session.ts';
import { readStats, readTable } from '../../../src-main/ipvs/read-ipvs.ts';

function director(answers: Record<string, string>): GuestShell {
  return {
    run: async (command) => {
      const stdout = answers[command];
      return stdout === undefined
        ? { exitCode: 255, stdout: '', stderr: "Can't initialize ipvs: Protocol not available\n" }
        : { exitCode: 0, stdout, stderr: '' };
    },
  };
}

describe('reading the director', () => {
  it('asks for numbers, exact ones for counters', async () => {
    const shell = director({
      'ipvsadm -Ln': 'TCP  10.1.0.100:80 rr\n',
      'ipvsadm -Ln --stats --exact': 'TCP  10.1.0.100:80 6 36 0 2400 0\n',
    });
    expect(await readTable(shell)).toMatchObject([{ scheduler: 'rr' }]);
    expect(await readStats(shell)).toMatchObject([{ conns: 6, inPkts: 36 }]);
  });

  it('tells what ipvsadm said when it fails', async () => {
    await expect(readTable(director({}))).rejects.toMatchObject({
      code: 'guest-command-failed',
      details: { why: "Can't initialize ipvs: Protocol not available" },
    });
  });
});
