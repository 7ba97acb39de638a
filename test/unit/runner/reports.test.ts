import { describe, expect, it } from 'vitest';
import { judge } from '../../runner/outcome.ts';
import { readPlaywrightReport } from '../../runner/playwright-report.ts';
import { readVitestReport } from '../../runner/vitest-report.ts';

const test = (status: string, fullName = status) => ({ status, fullName });

describe('readVitestReport', () => {
  it('counts tests, and files that could not be loaded', () => {
    const outcome = readVitestReport({
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            test('passed'),
            { ...test('failed'), failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m'] },
            test('skipped', 'later'),
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    });
    expect(outcome).toEqual({
      passed: 1,
      failed: ['failed\n    expected 1 to be 2'],
      skipped: ['later'],
      problems: ['b.test.ts did not run: no such module'],
    });
  });
});

describe('readPlaywrightReport', () => {
  it('finds tests in suites within suites; one that passed at the second try has failed', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ projectName: '', status }] });
    const outcome = readPlaywrightReport({
      errors: [],
      suites: [
        {
          title: 'pages.test.ts',
          specs: [spec('opens', 'expected')],
          suites: [
            { title: 'doctor', specs: [spec('shows', 'flaky'), spec('window [electron]', 'skipped')] },
          ],
        },
      ],
    });
    expect(outcome).toEqual({
      passed: 1,
      failed: ['pages.test.ts › doctor › shows\n    no reason told'],
      skipped: ['pages.test.ts › doctor › window [electron]'],
      problems: [],
    });
  });
});

describe('judge', () => {
  const passed = { passed: 3, failed: [], skipped: [], problems: [] };

  it('has nothing against tests that passed', () => {
    expect(judge(passed, 0, false).problems).toEqual([]);
  });

  it('refuses a stage that ran nothing', () => {
    expect(judge({ ...passed, passed: 0 }, 0, false).problems).toEqual(['No test ran.']);
  });

  it('refuses an exit code that no failed test explains', () => {
    expect(judge(passed, 1, false).problems).toHaveLength(1);
    expect(judge({ ...passed, failed: ['a lab comes up'] }, 1, false).problems).toEqual([]);
  });

  it('lets only tests of Electron be skipped, and only where it is missing', () => {
    const skipped = ['window [electron]'];
    expect(judge({ ...passed, skipped }, 0, false).problems).toEqual([]);
    expect(judge({ ...passed, skipped }, 0, true).problems).toHaveLength(1);
    expect(judge({ ...passed, skipped: ['a lab comes up'] }, 0, false).problems).toHaveLength(1);
  });
});
