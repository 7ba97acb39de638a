import { describe, expect, it } from 'vitest';
import { interleave } from '../../../../src-main/lab/compare/interleave.ts';

describe('interleave', () => {
  it('has every case once a round, and begins each round with another', () => {
    const turns = interleave(['nat', 'dr', 'tun'], 4);
    expect(turns.map(({ round, of }) => `${round} ${of}`)).toEqual([
      ...['1 nat', '1 dr', '1 tun'],
      ...['2 dr', '2 tun', '2 nat'],
      ...['3 tun', '3 nat', '3 dr'],
      ...['4 nat', '4 dr', '4 tun'],
    ]);
  });

  it('repeats a single case, and has nothing of none', () => {
    expect(interleave(['dr'], 2)).toEqual([
      { round: 1, of: 'dr' },
      { round: 2, of: 'dr' },
    ]);
    expect(interleave([], 3)).toEqual([]);
  });
});
