import path from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { packingWords } from '../words/packing-words.ts';
import type { PackingDifference } from '../bundle/packing-difference.ts';
import type { Report } from '../model/report.ts';
import { renderHtml } from '../render/render-html.ts';
import { attempt } from './attempt.ts';
import { checkModel } from './check-model.ts';
import { checkWritten } from './check-written.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { findReports, type FoundReport } from './find-reports.ts';
import { modelInHtml, otherVersionWords, readModel, type ReadModel } from './read-model.ts';
import { limits, type ReportHead, type Verification } from './verification.ts';
import { verifyBundle } from './verify-bundle.ts';
import { withReport } from './with-report.ts';

export interface VerifyOptions {
  /** Of the program that verifies: its own where it is left out. */
  readonly version?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A report that was verified, and its model where that could be read. */
export interface Verified {
  readonly verification: Verification;
  readonly report: Report | null;
  /** How it is packed otherwise than LVS Lab packs; the same as its remarks. */
  readonly packing: readonly PackingDifference[];
}

/**
 * Computes every figure and claim of a report anew from what came with it, and holds all its files against each other.
 * Of a page or a model alone, what needs neither samples nor frames. What does not hold is a finding, not an error; so is
 * a file that cannot be read. A bundle that was packed again, or unpacked into a folder, is the same bundle.
 * @throws LabError `not-found`; `bad-input` for a file or folder that is no report, or has several.
 */
export async function verifyReport(file: string, options: VerifyOptions = {}): Promise<Verification> {
  return (await verifyAndRead(file, options)).verification;
}

/** The same, with the report's model. @throws LabError as `verifyReport`. */
export async function verifyAndRead(file: string, options: VerifyOptions = {}): Promise<Verified> {
  return withReport(file, (found) => verifyFound(found, file, options));
}

/** Verifies every report that `findReports` finds, one after the other. @throws LabError as that does. */
export async function* verifyAll(
  given: string,
  options: VerifyOptions = {},
): AsyncGenerator<Verified & { readonly name: string }> {
  for await (const found of findReports(given)) {
    options.signal?.throwIfAborted();
    const file = path.join(given, found.name);
    yield { name: found.name, ...(await verifyFound(found, file, options)) };
  }
}

/** @param file As it is to be shown. */
async function verifyFound(
  found: FoundReport,
  file: string,
  { version = packageJson.version, signal }: VerifyOptions,
): Promise<Verified> {
  const { form } = found;
  const ledger = createLedger();
  const model = await attempt(ledger, path.basename(file), () =>
    look(ledger, { found, file, version, signal }),
  );
  if (model?.state === 'other') ledger.doubt(`${otherVersionWords(model)} Verify it with that one.`);
  const report = model?.state === 'read' ? model.report : null;
  const { findings, omitted, packing, checked, unchecked, outcome } = ledger;
  const verification = {
    ...{ file, form, outcome, report: report && headOf(report), findings, omitted },
    ...{ remarks: packingWords(packing, 'en'), checked, unchecked, limits },
  };
  return { verification, report, packing };
}

interface Given {
  readonly found: FoundReport;
  readonly file: string;
  readonly version: string;
  readonly signal: AbortSignal | undefined;
}

async function look(ledger: Ledger, { found, file, version, signal }: Given): Promise<ReadModel> {
  const opened = await found.open();
  if (opened.form === 'bundle') return verifyBundle(ledger, opened.bundle, { version, signal });
  for (const difference of opened.packing) ledger.differs(difference);
  const { form, text } = opened;
  const shown = found.name || file;
  return form === 'html'
    ? lookAtPage(ledger, shown, text, version)
    : lookAtModel(ledger, shown, text, version);
}

async function lookAtPage(ledger: Ledger, file: string, html: string, version: string): Promise<ReadModel> {
  const name = path.basename(file);
  const embedded = modelInHtml(html);
  if (embedded === undefined) {
    ledger.find({
      file: name,
      what: 'the model in it',
      expected: 'once',
      found: 'missing, or more than once',
    });
    return { state: 'broken' };
  }
  const model = readModel(ledger, name, embedded);
  if (model.state !== 'read') return model;
  checkWritten(ledger, name, model.report, { version, found: html, write: () => renderHtml(model.report) });
  await checkAlone(ledger, name, model.report);
  return model;
}

async function lookAtModel(ledger: Ledger, file: string, text: string, version: string): Promise<ReadModel> {
  const name = path.basename(file);
  const model = readModel(ledger, name, text);
  if (model.state !== 'read') return model;
  checkWritten(ledger, name, model.report, { version, found: text });
  await checkAlone(ledger, name, model.report);
  return model;
}

async function checkAlone(ledger: Ledger, file: string, report: Report): Promise<void> {
  await checkModel(ledger, file, report, () => Promise.resolve(undefined));
  const { attachments } = report;
  if (attachments.length > 0)
    ledger.skip(
      `Figures and claims were not computed again, since samples and frames are only in the bundle (.zip): ${attachments.length} files.`,
    );
}

function headOf({ title, author, lab, writtenAt, language, product }: Report): ReportHead {
  return {
    ...{ title, author, lab: lab.name, template: lab.template.name },
    ...{ writtenAt, language, product: `${product.name} ${product.version}` },
  };
}
