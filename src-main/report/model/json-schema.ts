import { z } from 'zod';
import { reportSchema } from './report.ts';

/** JSON Schema (draft 2020-12) of a report as JSON: for programs that read one. */
export function reportJsonSchema(): object {
  return { title: 'LVS Lab report', ...z.toJSONSchema(reportSchema, { io: 'output', unrepresentable: 'throw' }) };
}
