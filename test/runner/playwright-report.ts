import { z } from 'zod';
import { failedTest, type Outcome } from './outcome.ts';

const specSchema = z.object({
  title: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      results: z
        .array(z.object({ error: z.object({ message: z.string().optional() }).optional() }))
        .optional(),
    }),
  ),
});

/** What is used of Playwright's JSON report: suites within suites. */
const suiteSchema = z.object({
  title: z.string(),
  specs: z.array(specSchema),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});
type Suite = z.infer<typeof suiteSchema>;

const schema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string().optional() })),
});

export function readPlaywrightReport(json: unknown): Outcome {
  const { suites, errors } = schema.parse(json);
  const tests = suites.flatMap((suite) => testsOf(suite, ''));
  const of = (status: string) => tests.filter((test) => test.status === status);
  return {
    passed: of('expected').length,
    // One that passes only at the second try is not sound.
    failed: [...of('unexpected'), ...of('flaky')].map(({ title, reason }) => failedTest(title, reason)),
    skipped: of('skipped').map(({ title }) => title),
    problems: errors.map(({ message }) => message ?? 'Playwright failed and told no reason.'),
  };
}

function testsOf(
  suite: Suite,
  above: string,
): { title: string; status: string; reason: string | undefined }[] {
  const place = `${above}${suite.title} › `;
  return [
    ...suite.specs.flatMap(({ title, tests }) =>
      tests.map(({ projectName, status, results }) => ({
        title: `${place}${title} ${projectName}`.trim(),
        status,
        reason: results?.map(({ error }) => error?.message).find(Boolean),
      })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, place)),
  ];
}
