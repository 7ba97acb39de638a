import { describe, expect, it } from 'vitest';
import { mendingOf } from '../../../src-main/contract/mend.ts';
import { faultWords } from '../../../src-main/evidence/faults.ts';

describe('What puts a fault right', () => {
  it('is what is in the way of its node', () => {
    expect(mendingOf({ kind: 'vip-missing', node: 'rs1' })).toEqual({
      ...{ verb: 'mend', node: 'rs1', what: 'steps' },
    });
    expect(mendingOf({ kind: 'impaired', node: 'rs2' })).toMatchObject({ node: 'rs2', what: 'cables' });
    expect(mendingOf({ kind: 'vip-unheard', node: 'rs2' })).toMatchObject({ node: 'rs2', what: 'path' });
    expect(mendingOf({ kind: 'node-off', node: 'rs2' })).toMatchObject({ what: 'reach' });
    expect(mendingOf({ kind: 'queue-impairs', node: 'rs2' })).toMatchObject({ what: 'queues' });
  });

  it('is nothing where the user’s own rules are the cause', () => {
    for (const kind of ['filtered', 'rejected', 'reset-by-rule', 'unknown', 'http-status'])
      expect(mendingOf({ kind, node: 'rs1' }), kind).toBeUndefined();
  });

  it('is known for kinds of faults that there are', () => {
    const known = Object.keys(faultWords).filter((kind) => mendingOf({ kind, node: 'rs1' }));
    expect(known).toEqual(
      expect.arrayContaining([
        ...['vip-missing', 'vip-missing-on-director', 'arp-ignore-off', 'arp-announce-off', 'ip-forward-off'],
        ...['not-listening', 'server-missing', 'service-missing', 'wrong-method', 'impaired', 'node-off'],
      ]),
    );
  });
});
