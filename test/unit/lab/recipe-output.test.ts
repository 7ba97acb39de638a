import { expect, it } from 'vitest';
import { parseOutcomes } from '../../../src-main/lab/recipe-output.ts';

it('takes a script’s output apart, whatever its commands wrote', () => {
  const stdout = `T step 0 10.00
T-shirt
other T ran

T ran verify 1
T ran command 0
T state applied 10.25
T step 1 10.25
T ran verify 0
T state skipped 10.26
T step 2 10.26
half a`;
  expect(parseOutcomes(stdout, 'T')).toEqual([
    {
      index: 0,
      state: 'applied',
      ran: [
        { stage: 'verify', exitCode: 1, output: 'T-shirt\nother T ran\n' },
        { stage: 'command', exitCode: 0, output: '' },
      ],
      milliseconds: 250,
    },
    { index: 1, state: 'skipped', ran: [{ stage: 'verify', exitCode: 0, output: '' }], milliseconds: 10 },
    { index: 2, state: undefined, ran: [], milliseconds: 0 },
  ]);
});

it('finds nothing in what is no script’s output', () => {
  expect(parseOutcomes('bash: no\n', 'T')).toEqual([]);
});
