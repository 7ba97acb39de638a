import { describe, expect, it } from 'vitest';
import { cablesThatDropArp } from '../../../src-renderer/features/traffic/arp-drops.ts';
import { remedyActions } from '../../../src-renderer/features/workspace/remedy-actions.ts';

describe('Cables that drop ARP', () => {
  it('are those that let other frames pass', () => {
    expect(
      cablesThatDropArp({
        'client:eth0': { to: { drop: [{ protocol: 'arp', arpOperation: 2 }] } },
        'rs1:eth0': { cut: true, from: { drop: [{ protocol: 'arp' }] } },
        'rs2:eth0': { from: { loss: 0.2 } },
        'director:eth0': { from: { drop: [{ protocol: 'tcp' }, { protocol: 'arp' }] } },
      }),
    ).toEqual(['client:eth0', 'director:eth0']);
  });
});

describe('What a remedy tells to type', () => {
  const told = (remedy?: string) => remedyActions(remedy, 'demo').map(({ request }) => request);

  it('can be done in the page where it has a button for it', () => {
    expect(told('Start it: lvslab start demo rs1')).toEqual([{ verb: 'startNode', node: 'rs1' }]);
    expect(told('Wake it first: lvslab resume demo')).toEqual([{ verb: 'resume' }]);
    expect(told('Resume it: lvslab resume demo.')).toEqual([{ verb: 'resume' }]);
    expect(
      told(
        'To have it known again: lvslab restart demo rs1, or lvslab restart demo rs1; lvslab restart demo rs2',
      ),
    ).toEqual([
      { verb: 'restartNode', node: 'rs1' },
      { verb: 'restartNode', node: 'rs2' },
    ]);
  });

  it('is left to be typed where it is about another lab, or throws something away', () => {
    expect(told('lvslab start other rs1')).toEqual([]);
    expect(told('Remove it: lvslab rm demo, or lvslab reset demo')).toEqual([]);
    expect(told()).toEqual([]);
  });
});
