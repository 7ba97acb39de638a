import { z } from 'zod';
import { reportSchema, type Report } from './report.ts';

/** A report as JSON, as it is written to a file. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** JSON Schema (draft 2020-12) of a report as JSON: for programs that read one. */
export function reportJsonSchema(): object {
  return { title: 'LVS Lab report', ...z.toJSONSchema(reportSchema) };
}
