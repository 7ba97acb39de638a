import path from 'node:path';
import { bundleFiles } from '../bundle/layout.ts';
import type { Report } from '../model/report.ts';
import { createLedger } from './ledger.ts';
import { noReport } from './open-report.ts';
import { modelInHtml, otherVersionWords, readModel } from './read-model.ts';
import { withReport } from './with-report.ts';

/**
 * The model of a report, from a bundle, a page or a model. It is not verified.
 * @throws LabError `not-found`; `bad-input` where it is no report, or one of another version.
 */
export async function readReport(file: string): Promise<Report> {
  const text = await modelText(file);
  if (text === undefined) throw noReport(file, 'There is no model in it.');
  const ledger = createLedger();
  const model = readModel(ledger, path.basename(file), text);
  if (model.state === 'read') return model.report;
  if (model.state === 'other') throw noReport(file, otherVersionWords(model));
  const [first] = ledger.findings;
  throw noReport(file, first ? `${first.what}: ${first.found ?? ''}` : 'Its model is broken.');
}

async function modelText(file: string): Promise<string | undefined> {
  return withReport(file, async ({ open }) => {
    const report = await open();
    if (report.form === 'bundle') return (await report.bundle.read(bundleFiles.json)).toString('utf8');
    return report.form === 'html' ? modelInHtml(report.text) : report.text;
  });
}
