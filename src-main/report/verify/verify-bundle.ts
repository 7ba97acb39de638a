import { createInterface } from 'node:readline';
import { keptEvidenceSchema } from '../../evidence/kept-evidence.ts';
import {
  bundleFiles,
  bundleVersion,
  captureFile,
  directorFile,
  evidenceFile,
  samplesFile,
} from '../bundle/layout.ts';
import { parseDirectorLog } from '../bundle/director-log.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { readmeText } from '../bundle/readme-text.ts';
import { samplesOfCsv } from '../bundle/samples-csv.ts';
import type { Report } from '../model/report.ts';
import { reportJsonSchema } from '../model/report-json.ts';
import { renderHtml } from '../render/render-html.ts';
import { renderMarkdown } from '../render/render-markdown.ts';
import { attempt } from './attempt.ts';
import {
  checkAttachments,
  checkManifest,
  checkNames,
  readContents,
  readManifest,
  type Contents,
} from './check-manifest.ts';
import { checkAnswerers } from './check-comparison.ts';
import { checkLayoutAgainst } from './check-layouts.ts';
import { checkModel } from './check-model.ts';
import { checkEvidenceLab, checkObservation } from './check-observation.ts';
import { checkOrder, doubtLocked } from './check-packing.ts';
import { checkSamples, pooledLatency } from './check-samples.ts';
import { checkWritten } from './check-written.ts';
import { expectSame, type Ledger } from './ledger.ts';
import { findUnknown, modelInHtml, readModel, type ReadModel } from './read-model.ts';
import { restoreTexts, type Restored } from './restore-texts.ts';

/** A bundle that is looked through. */
interface Look {
  readonly ledger: Ledger;
  readonly bundle: Bundle;
  readonly contents: Contents;
  readonly report: Report;
  /** Of this program: another one may write a report otherwise. */
  readonly version: string;
  readonly signal?: AbortSignal | undefined;
}

/** Looks through a bundle: what it has against its manifest, its report against all that it was made from. */
export async function verifyBundle(
  ledger: Ledger,
  given: Bundle,
  { version, signal }: Pick<Look, 'version' | 'signal'>,
): Promise<ReadModel> {
  for (const difference of given.packing) ledger.differs(difference);
  if (doubtLocked(ledger, given)) return { state: 'broken' };
  const found = await readContents(ledger, given);
  const { newer, listed } = await readManifest(ledger, given, found);
  if (newer !== undefined) return { state: 'other', version: newer, known: bundleVersion };
  const { bundle, contents } = await restored(ledger, given, found, listed);
  const { json } = bundleFiles;
  if (!contents.has(json)) return { state: 'broken' };
  const text = await attempt(ledger, json, async () => (await bundle.read(json)).toString('utf8'));
  const model = text === undefined ? ({ state: 'broken' } as const) : readModel(ledger, json, text);
  if (model.state !== 'read' || text === undefined) return model;
  const look: Look = { ledger, bundle, contents, version, signal, report: model.report };
  await attempt(ledger, json, () => checkAll(look, text));
  return model;
}

/** Texts whose line ends alone were changed are found, and what follows goes by what they were. */
async function restored(
  ledger: Ledger,
  bundle: Bundle,
  contents: Contents,
  listed: Contents | undefined,
): Promise<Restored> {
  if (!listed) return { bundle, contents };
  const whole = await restoreTexts(ledger, bundle, contents, listed);
  checkManifest(ledger, listed, whole.contents);
  checkOrder(ledger, bundle, contents, listed);
  return whole;
}

async function checkAll(look: Look, text: string): Promise<void> {
  const { ledger, contents, report, signal } = look;
  checkNames(ledger, report, contents);
  checkAttachments(ledger, report.attachments, contents);
  await checkForms(look, text);
  await checkModel(ledger, bundleFiles.json, report, (runs) => pooled(look, runs));
  for (const run of report.runs) {
    signal?.throwIfAborted();
    await checkRun(look, run);
  }
  for (const observation of report.observations) {
    signal?.throwIfAborted();
    await checkFrames(look, observation);
  }
  const scripts = [...contents.keys()].filter((file) => file.startsWith('scripts/')).length;
  if (scripts > 0)
    ledger.skip(
      `Scripts were held against the manifest alone, since their template is not in the bundle: ${scripts} files.`,
    );
}

/** All that is written from the model, written again. */
async function checkForms({ ledger, bundle, contents, report, version }: Look, text: string): Promise<void> {
  const { readme, html, markdown, json, schema } = bundleFiles;
  const forms = {
    [readme]: () => readmeText(report),
    [html]: () => renderHtml(report),
    [markdown]: () => renderMarkdown(report),
    [schema]: () => `${JSON.stringify(reportJsonSchema(), null, 2)}\n`,
  };
  checkWritten(ledger, json, report, { version, found: text });
  for (const [file, write] of Object.entries(forms)) {
    if (!contents.has(file)) continue;
    await attempt(ledger, file, async () => {
      const found = (await bundle.read(file)).toString('utf8');
      if (file === html) checkEmbedded(ledger, file, report, found);
      checkWritten(ledger, file, report, { version, found, write });
    });
  }
}

/** The model that is in a page, against the one beside it. */
function checkEmbedded(ledger: Ledger, file: string, report: Report, html: string): void {
  const embedded = modelInHtml(html);
  if (embedded === undefined) {
    ledger.find({ file, what: 'the model in it', expected: 'once', found: 'missing, or more than once' });
    return;
  }
  expectSame(ledger, { file, what: 'the model in it' }, report, JSON.parse(embedded) as unknown);
}

async function checkRun(
  { ledger, bundle, contents, report }: Look,
  run: Report['runs'][number],
): Promise<void> {
  const file = samplesFile(run.entry);
  if (contents.has(file)) {
    await attempt(ledger, file, async () => {
      const samples = samplesOfCsv(await bundle.stream(file));
      await checkSamples(ledger, bundleFiles.json, run, {
        samples,
        log: await logOf({ bundle, contents }, run),
      });
    });
    ledger.note(
      `All figures were computed anew from the samples, of loads: ${report.runs.filter(({ entry }) => contents.has(samplesFile(entry))).length}.`,
    );
  } else if (run.figures) {
    const found = 'missing: its figures cannot be computed again';
    ledger.find({ file, what: 'the file', expected: 'the samples of a load', found });
  }
}

/** What passed the director in a load; undefined where the bundle has it not. */
async function logOf(
  { bundle, contents }: Pick<Look, 'bundle' | 'contents'>,
  { entry }: Report['runs'][number],
) {
  const file = directorFile(entry);
  if (!contents.has(file)) return undefined;
  return parseDirectorLog(createInterface({ input: await bundle.stream(file), crlfDelay: Infinity }));
}

async function pooled({ ledger, bundle, contents }: Look, runs: readonly number[]) {
  const files = runs.map(samplesFile);
  if (files.some((file) => !contents.has(file))) return undefined;
  return attempt(ledger, files.join(', '), async () =>
    pooledLatency(await Promise.all(files.map(async (file) => samplesOfCsv(await bundle.stream(file))))),
  );
}

async function checkFrames(
  { ledger, bundle, contents, report }: Look,
  observation: Report['observations'][number],
): Promise<void> {
  const { entry, verifiable } = observation;
  const [capture, evidence] = [captureFile(entry), evidenceFile(entry)];
  if (!verifiable && !(contents.has(capture) && contents.has(evidence))) {
    ledger.skip(
      `The observation of entry ${entry} was kept without its frames, or without what the guests said: its claims cannot be judged again.`,
    );
    return;
  }
  const place = { file: bundleFiles.json, what: `observation of entry ${entry}` };
  expectSame(ledger, place, { verifiable: true }, { verifiable });
  for (const file of [capture, evidence]) {
    if (contents.has(file)) continue;
    const found = 'missing: its claims cannot be judged again';
    ledger.find({ file, what: 'the file', expected: 'what an observation was judged by', found });
  }
  if (!contents.has(capture) || !contents.has(evidence)) return;
  const kept = await attempt(ledger, evidence, async () =>
    readEvidence(ledger, evidence, await bundle.read(evidence)),
  );
  if (!kept) return;
  checkEvidenceLab(ledger, evidence, report, kept);
  checkLayoutAgainst(ledger, bundleFiles.json, report, { entry, plan: kept.plan });
  await attempt(ledger, capture, async () => {
    const stories = checkObservation(ledger, bundleFiles.json, observation, {
      evidence: kept,
      capture: await bundle.read(capture),
    });
    checkAnswerers(ledger, bundleFiles.json, report, entry, stories);
  });
  ledger.note(
    `All claims, stories and ARP were judged anew by frames and guests’ words, of observations: ${report.observations.filter((each) => each.verifiable).length}.`,
  );
}

function readEvidence(ledger: Ledger, file: string, bytes: Buffer) {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  const { data, error } = keptEvidenceSchema.safeParse(value);
  if (data) {
    findUnknown(ledger, file, data, value);
    return data;
  }
  for (const { path, message } of error.issues)
    ledger.find({ file, what: path.join(', ') || 'all of it', expected: message, found: null });
  return undefined;
}
