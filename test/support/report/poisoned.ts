import { reportSchema, type Report } from '../../../src-main/report/model/report.ts';

/** Words as nobody should be able to do harm by. */
export const poison = [
  '</script><script>window.harmed = 1</script>',
  '"><img src="http://example.invalid/x.png" onerror="window.harmed = 2">',
  '</title></style><style>body{display:none}</style>',
  '<svg onload="window.harmed = 3"><!--',
  '\u202eesrever\u2066 \u0000\u001b[31m\u0085',
  'x'.repeat(400),
].join(' ');

/** What the schema allows few words in, or what is no text. */
const fixed = new Set(
  (
    'format language parts at writtenAt sha256 verb role kind outcome direction verdict stage state replyPath needs ' +
    'what code accelerator checker protocol because explains id resource'
  ).split(' '),
);
const poisonedKeys = new Set([
  'byServer',
  'bySource',
  'failures',
  'guests',
  'programs',
  'options',
  'perRequest',
]);

/** A report in which every name, output and sentence from outside has harm in it. */
export function poisonedReport(report: Report): Report {
  return reportSchema.parse({
    ...(poisoned(report, '') as Report),
    notes: `# ${poison}\n\n${poison}\n\n[a](javascript:alert(1)) [b](vbscript:x) ![c](http://example.invalid/y.png)\n\n\`\`\`${poison}\n`,
  });
}

function poisoned(value: unknown, key: string): unknown {
  if (typeof value === 'string')
    return fixed.has(key) || (key === 'name' && value === 'LVS Lab') ? value : `${value} ${poison}`;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      poisonedKeys.has(key) ? `${name} ${poison}` : name,
      poisoned(one, name),
    ]),
  );
}
