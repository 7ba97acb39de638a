import { statSync } from 'node:fs';
import { reportParts } from '../../src-main/contract/report.ts';
import { createLabContext } from '../../src-main/lab/create-lab-context.ts';
import { reportSource } from '../../src-main/lab/report/report-source.ts';
import { renderHtml } from '../../src-main/report/render/render-html.ts';
import { writeReport } from '../../src-main/report/write-report.ts';

/** Writes one bundle of a lab, and prints what it took: `lab-report-once.ts LAB FILE`, with LVSLAB_HOME. */
const [lab = '', file = ''] = process.argv.slice(2);
const source = await reportSource(createLabContext(), lab);
const report = await writeReport(
  source,
  { format: 'bundle', file, language: 'en', parts: [...reportParts], paper: 'A4', force: false },
  {
    print: () => Promise.reject(new Error('A bundle has no PDF.')),
    signal: new AbortController().signal,
  },
);
// Since the process began, with the loading of its modules.
const seconds = performance.now() / 1000;
const peakMiB = process.resourceUsage().maxRSS / 1024;
console.log(
  JSON.stringify({
    ...{ seconds, peakMiB, bundleKiB: statSync(file).size / 1024 },
    htmlKiB: Buffer.byteLength(renderHtml(report)) / 1024,
  }),
);
