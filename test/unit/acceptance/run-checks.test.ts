import { describe, expect, it } from 'vitest';
import { NotApplicable, runChecks, type Check } from '../../acceptance/run-checks.ts';

const passes: Check = { title: 'passes', run: async () => 'as it should' };
const fails: Check = { title: 'fails', run: () => Promise.reject(new Error('it does not hold')) };

async function verdictsOf(checks: readonly Check[]) {
  const outcomes = await runChecks(checks, () => undefined);
  return outcomes.map(({ title, verdict, found }) => [title, verdict, found]);
}

describe('checks of an image', () => {
  it('tells what was found, and what a failure says', async () => {
    expect(await verdictsOf([passes, fails])).toEqual([
      ['passes', 'passed', 'as it should'],
      ['fails', 'failed', 'it does not hold'],
    ]);
  });

  it('runs none that needs one which did not pass, nor what needs that', async () => {
    const first = { ...passes, title: 'first', needs: ['fails'] };
    const second = { ...passes, title: 'second', needs: ['passes', 'first'] };
    expect((await verdictsOf([passes, fails, first, second])).slice(2)).toEqual([
      ['first', 'not run', 'needs: fails'],
      ['second', 'not run', 'needs: first'],
    ]);
  });

  it('tells what an image has not from what fails in it', async () => {
    const absent = { title: 'firewall', run: () => Promise.reject(new NotApplicable('there is none')) };
    expect(await verdictsOf([absent])).toEqual([['firewall', 'does not apply', 'there is none']]);
  });
});
