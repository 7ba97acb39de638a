import { describe, expect, it } from 'vitest';
import { canStartDaemons } from '../../../src-main/libvirt/daemon.ts';

const isRoot = process.getuid?.() === 0;

describe('canStartDaemons', () => {
  it('is for root and the system daemon alone', () => {
    expect(canStartDaemons({ uri: 'qemu:///system', env: {} })).toBe(isRoot);
    expect(canStartDaemons({ uri: 'qemu:///session', env: {} })).toBe(false);
    expect(canStartDaemons({ uri: 'qemu+ssh://host/system', env: {} })).toBe(false);
  });
});
