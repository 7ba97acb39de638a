import { expect, it } from 'vitest';
import { describeLosses } from '../../../../src-main/shell/terminal/describe-losses.ts';
import type { PortCounters } from '../../../../src-main/wire/lab-switch.ts';

const port = (id: string, counters: Partial<PortCounters> = {}): PortCounters => ({
  ...{ id, segment: 'a', rxFrames: 10, rxBytes: 600, txFrames: 10, txBytes: 600, dropped: 0, refused: 0 },
  ...{ malformed: 0, unplugged: 0, unsent: 0, impaired: 0, lostBySwitch: 0, lostByGuest: 0, ...counters },
});

it('says that nothing was lost', () => {
  expect(describeLosses([port('client:eth0'), port('rs1:eth0')])).toBe(
    '20 frames from the guests, none lost',
  );
});

it('names the ports that lost frames, and where', () => {
  const ports = [port('client:eth0', { lostBySwitch: 2 }), port('rs1:eth0', { lostByGuest: 1, unsent: 3 })];
  expect(describeLosses(ports)).toBe(
    '20 frames from the guests, client:eth0: 2 before the switch read them; rs1:eth0: 4 before the guest read them',
  );
});

it('does not take for lost what an impairment dropped', () => {
  expect(describeLosses([port('client:eth0', { impaired: 5 }), port('rs1:eth0')])).toBe(
    '20 frames from the guests, none lost; dropped by impairments on purpose: client:eth0: 5',
  );
});
