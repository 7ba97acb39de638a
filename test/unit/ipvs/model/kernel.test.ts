import { describe, expect, it } from 'vitest';
import { readKernel } from '../../../../src-main/ipvs/model/kernel.ts';

describe('readKernel', () => {
  it.each([
    ['6.1.0-57-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.192-3 (2026-11-26)', [257]],
    ['Linux version 6.1.0-18-amd64 (debian-kernel) #1 SMP Debian 6.1.76-1 (2024-02-01)', [256]],
    ['6.1.187', [257]],
    ['6.1.180', [256, 257]],
    // Debian's name alone hides the stable release.
    ['6.1.0-57-cloud-amd64', [256, 257]],
    ['5.14.0-427.el9.x86_64', [256, 257]],
    ['', [256, 257]],
  ])('%s: an active connection costs %j', (text, activeCosts) => {
    expect(readKernel(text).activeCosts).toEqual(activeCosts);
  });

  it('knows by which bits sh hashes from Linux 4.18 on', () => {
    expect(readKernel('3.10.0-1160.el7.x86_64').hashes).toHaveLength(2);
    expect(readKernel('4.18.0-553.el8.x86_64').hashes).toEqual(['high-bits']);
  });

  it('knows what conn_reuse_mode 0 does from Linux 5.16 on', () => {
    expect(readKernel('5.15.0').modeZeroKeepsAll).toBeNull();
    expect(readKernel('6.1.0').modeZeroKeepsAll).toBe(false);
  });
});
