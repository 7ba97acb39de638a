import path from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { readBundle } from '../bundle/read-bundle.ts';
import type { Report } from '../model/report.ts';
import { renderHtml } from '../render/render-html.ts';
import { attempt } from './attempt.ts';
import { checkModel } from './check-model.ts';
import { checkWritten } from './check-written.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { demandForm, readText } from './open-report.ts';
import { modelInHtml, readModel, type ReadModel } from './read-model.ts';
import { limits, type ReportHead, type Verification } from './verification.ts';
import { verifyBundle } from './verify-bundle.ts';

export interface VerifyOptions {
  /** Of the program that verifies: its own where it is left out. */
  readonly version?: string;
  readonly signal?: AbortSignal | undefined;
}

/** A report that was verified, and its model where that could be read. */
export interface Verified {
  readonly verification: Verification;
  readonly report: Report | null;
}

/**
 * Computes every figure and claim of a report anew from what came with it, and holds all its files against each other.
 * Of a page or a model alone, what needs neither samples nor frames. What does not hold is a finding, not an error; so is
 * a file that cannot be read.
 * @throws LabError `not-found`; `bad-input` for a file whose name is of none of these.
 */
export async function verifyReport(file: string, options: VerifyOptions = {}): Promise<Verification> {
  return (await verifyAndRead(file, options)).verification;
}

/** The same, with the report's model. @throws LabError as `verifyReport`. */
export async function verifyAndRead(
  file: string,
  { version = packageJson.version, signal }: VerifyOptions = {},
): Promise<Verified> {
  const form = await demandForm(file);
  const ledger = createLedger();
  const model = await attempt(ledger, path.basename(file), () =>
    look(ledger, { file, form, version, signal }),
  );
  if (model?.state === 'newer')
    ledger.doubt(
      `It was made by a newer LVS Lab: version ${model.version} of its format, and 1 is known here. Verify it with that one.`,
    );
  const report = model?.state === 'read' ? model.report : null;
  const { findings, omitted, checked, unchecked, outcome } = ledger;
  const verification = {
    file,
    form,
    outcome,
    report: report && headOf(report),
    findings,
    omitted,
    checked,
    unchecked,
    limits,
  };
  return { verification, report };
}

interface Given {
  readonly file: string;
  readonly form: Verification['form'];
  readonly version: string;
  readonly signal: AbortSignal | undefined;
}

async function look(ledger: Ledger, { file, form, version, signal }: Given): Promise<ReadModel> {
  if (form === 'bundle') {
    await using bundle = await readBundle(file);
    return await verifyBundle(ledger, bundle, { version, signal });
  }
  const text = await readText(file);
  return form === 'html' ? lookAtPage(ledger, file, text, version) : lookAtModel(ledger, file, text, version);
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
