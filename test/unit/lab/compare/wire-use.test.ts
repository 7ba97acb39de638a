import { describe, expect, it } from 'vitest';
import { wireUse } from '../../../../src-main/lab/compare/wire-use.ts';
import type { PortCounters } from '../../../../src-main/wire/switch-port.ts';

function port(id: string, segment: string | null, counts: Partial<PortCounters>): PortCounters {
  return {
    ...{ id, segment, rxFrames: 0, rxBytes: 0, txFrames: 0, txBytes: 0, dropped: 0, refused: 0 },
    ...{ malformed: 0, unplugged: 0, unsent: 0, lostBySwitch: 0, lostByGuest: 0, impaired: 0 },
    ...counts,
  };
}

describe('wireUse', () => {
  it('tells frames by segment, and what passed a node, since an earlier reading', () => {
    const before = [
      port('director:eth0', 'lan', { rxFrames: 5, rxBytes: 500, txFrames: 7, txBytes: 700, lostByGuest: 1 }),
      port('director:eth1', 'backend', {}),
      port('client:eth0', 'lan', { rxFrames: 10, rxBytes: 900 }),
    ];
    const after = [
      port('director:eth0', 'lan', {
        rxFrames: 15,
        rxBytes: 1500,
        txFrames: 27,
        txBytes: 2700,
        lostByGuest: 1,
      }),
      port('director:eth1', 'backend', { rxFrames: 6, rxBytes: 600, txFrames: 4, txBytes: 400, unsent: 2 }),
      port('client:eth0', 'lan', { rxFrames: 30, rxBytes: 2900 }),
      port('client:eth1', null, { rxFrames: 3 }),
    ];
    expect(wireUse(before, after, 'director')).toEqual({
      segments: { lan: { frames: 30, bytes: 3000 }, backend: { frames: 6, bytes: 600 } },
      node: { inFrames: 24, outFrames: 16, inBytes: 2400, outBytes: 1600 },
      lost: 2,
    });
  });
});
