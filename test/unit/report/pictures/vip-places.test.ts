import { describe, expect, it } from 'vitest';
import { vipPlaces } from '../../../../src-main/report/pictures/vip-places.ts';
import { handmadeReport } from '../../../support/report-source.ts';

const { setUps } = await handmadeReport();
const layoutIn = (mode: string) => setUps.find(({ layout }) => layout.mode === mode)!.layout;

describe('vipPlaces', () => {
  it('tells on which interfaces a set-up put the VIP', () => {
    expect(vipPlaces(setUps, layoutIn('nat'))).toEqual(['director eth0']);
    expect(vipPlaces(setUps, layoutIn('dr'))).toEqual(['director eth0', 'rs1 lo', 'rs2 lo']);
    expect(vipPlaces(setUps, layoutIn('tun'))).toEqual(['director eth0', 'rs1 tunl0', 'rs2 tunl0']);
  });

  it('takes no failed step for done, and knows nothing of what was not kept', () => {
    const failed = setUps.map((setUp) => ({
      ...setUp,
      steps: setUp.steps.map((step) => (step.node === 'rs1' ? { ...step, state: 'failed' as const } : step)),
    }));
    expect(vipPlaces(failed, layoutIn('dr'))).toEqual(['director eth0', 'rs2 lo']);
    expect(vipPlaces([], layoutIn('dr'))).toEqual([]);
  });
});
