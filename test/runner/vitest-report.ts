import { z } from 'zod';
import { failedTest, type Outcome } from './outcome.ts';

/** What is used of vitest's JSON report. */
const schema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).optional(),
        }),
      ),
    }),
  ),
});

export function readVitestReport(json: unknown): Outcome {
  const { testResults } = schema.parse(json);
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const isRun = (status: string) => status === 'passed' || status === 'failed';
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => failedTest(fullName, failureMessages?.join('\n'))),
    skipped: tests.filter(({ status }) => !isRun(status)).map(({ fullName }) => fullName),
    problems: brokenFiles.map(({ name, message }) => `${name} did not run: ${message ?? 'no reason told'}`),
  };
}
