import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAlternation, keepLab, succeed } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { testHome } from '../support/test-home.ts';

const lab = 'resets';

beforeAll(() => keepLab(lab));

afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

it('a lab is reset twenty times in a row, and shares out in turn each time', async () => {
  for (let round = 0; round < 20; round++) {
    await succeed('reset', lab);
    await expectAlternation(lab);
  }
}, 900_000);
