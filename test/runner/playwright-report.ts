import { z } from 'zod';
import type { Outcome } from './outcome.ts';

const specSchema = z.object({
  title: z.string(),
  tests: z.array(
    z.object({ projectName: z.string(), status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']) }),
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
  const titles = (status: string) => tests.filter((test) => test.status === status).map(({ title }) => title);
  return {
    passed: titles('expected').length,
    // One that passes only at the second try is not sound.
    failed: titles('unexpected').length + titles('flaky').length,
    skipped: titles('skipped'),
    problems: errors.map(({ message }) => message ?? 'Playwright failed and told no reason.'),
  };
}

function testsOf(suite: Suite, above: string): { title: string; status: string }[] {
  const place = `${above}${suite.title} › `;
  return [
    ...suite.specs.flatMap(({ title, tests }) =>
      tests.map(({ projectName, status }) => ({ title: `${place}${title} ${projectName}`.trim(), status })),
    ),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, place)),
  ];
}
