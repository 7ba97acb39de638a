import { stat } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import type { Container, PackedFile } from '../bundle/container.ts';
import { openFolder } from '../bundle/folder-container.ts';
import { openZipFile } from '../bundle/read-bundle.ts';
import type { PackingDifference } from '../bundle/packing-difference.ts';
import { placeAll, placeBundles, type Placed, type PlacedBundle } from '../bundle/place-reports.ts';
import { bundleOf, readWhole, type Bundle } from '../bundle/bundle.ts';
import { demandForm, formOf, noReport, readText } from './open-report.ts';
import { isDownload, isOfPlatform, submissionOf } from './submissions.ts';
import type { Verification } from './verification.ts';

/** What a report is read from: a bundle's files, or the text of a page or model. */
export type OpenReport =
  | { readonly form: 'bundle'; readonly bundle: Bundle }
  | { readonly form: 'html' | 'json'; readonly text: string; readonly packing: readonly PackingDifference[] };

/** A report among others, open as long as the next one is not asked for. */
export interface FoundReport {
  /** Where it is in what was looked through, with slashes, a zip like a folder; empty for that itself. */
  readonly name: string;
  readonly form: Verification['form'];
  /** @throws LabError `bad-input` where it cannot be read, or a submission has no report. */
  readonly open: () => Promise<OpenReport>;
}

/** Zips within zips within zips are looked through; nobody packs a report deeper. */
const deepest = 3;

/**
 * Finds every report in a file or folder: bundles, packed and unpacked, pages and models, by their names; in zips too. A
 * submission of a learning platform without any is told as a report that cannot be opened.
 * @throws LabError `not-found`; `bad-input` for a file that is none.
 */
export async function* findReports(given: string): AsyncGenerator<FoundReport> {
  const there = await stat(given).catch(() => undefined);
  if (there?.isDirectory()) {
    await using folder = await openGivenFolder(given);
    yield* reportsIn(folder, { name: '', zips: [] });
    return;
  }
  const form = await demandForm(given);
  if (form === 'bundle') yield* reportsInZip(given, { name: '', zips: [] }, path.basename(given));
  else yield { name: '', form, open: async () => ({ form, text: await readText(given), packing: [] }) };
}

async function openGivenFolder(folder: string): Promise<Container> {
  return openFolder(folder).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LabError('not-found', `The folder ${folder} cannot be read.`, { why, cause });
  });
}

/** Where a container is in what was looked through. */
interface At {
  readonly name: string;
  /** The zips that it is in, from the outermost; none for a file's own zip. */
  readonly zips: readonly string[];
}

async function* reportsInZip(from: string | PackedFile, at: At, shown: string): AsyncGenerator<FoundReport> {
  let zip: Container;
  try {
    zip = await openZipFile(from);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    yield { name: at.name, form: 'bundle', open: () => Promise.reject(failure) };
    return;
  }
  await using open = zip;
  const placed = placeBundles(open);
  if (placed.bundles.length === 0 && candidates(placed).length === 0 && !hasSubmissions(open))
    yield foundBundle(placeAll(open), at, at.name);
  else yield* reportsIn(open, at, shown, placed);
}

async function* reportsIn(
  container: Container,
  at: At,
  shown = '',
  placed: Placed = placeBundles(container),
): AsyncGenerator<FoundReport> {
  const within = candidates(placed);
  const submissions = new Map(
    container.files.flatMap(({ file }) => {
      const submission = submissionOf(file);
      return submission ? [[submission.key, file] as const] : [];
    }),
  );
  const has = (file: string) => submissions.delete(submissionOf(file)?.key ?? '');
  const alone = placed.bundles.length === 1 && within.length === 0;
  for (const each of placed.bundles) {
    has(`${each.root}.`);
    // A zip that has one bundle is that bundle, whatever folder the bundle is in.
    const name = alone && container.kind === 'zip' ? at.name : joined(at.name, each.root.slice(0, -1));
    yield foundBundle(each, at, name, alone, alone ? besides(container, placed.others) : undefined);
  }
  for (const file of within) {
    has(file.file);
    yield* reportsOf(file, container.kind === 'zip' && shown !== '' ? [...at.zips, shown] : at.zips, at);
  }
  for (const [key, file] of submissions) yield withoutReport(joined(at.name, file), key);
}

async function* reportsOf(file: PackedFile, zips: At['zips'], at: At): AsyncGenerator<FoundReport> {
  const name = joined(at.name, file.file);
  const form = formOf(file.file) ?? 'json';
  if (form === 'bundle') {
    if (zips.length < deepest) yield* reportsInZip(file, { name, zips }, path.basename(file.file));
    else yield { name, form, open: () => Promise.reject(noReport(name, 'It is in too many zips.')) };
    return;
  }
  const open = async () => ({ form, text: (await readWhole(file)).toString('utf8'), packing: inZips(zips) });
  yield { name, form, open };
}

function foundBundle(
  placed: PlacedBundle,
  at: At,
  name: string,
  alone = true,
  { outside, beside }: Besides = { outside: [], beside: [] },
): FoundReport {
  const packing = [
    ...inZips(at.zips),
    // Among others its name says where it is.
    ...placed.packing.filter(({ kind }) => alone || kind !== 'in-folder'),
    ...(beside.length === 0 ? [] : [{ kind: 'beside', files: beside } as const]),
  ];
  const open = async () =>
    Promise.resolve({ form: 'bundle' as const, bundle: bundleOf({ ...placed, packing }, outside) });
  return { name, form: 'bundle', open };
}

function inZips(zips: readonly string[]): PackingDifference[] {
  return zips.length === 0 ? [] : [{ kind: 'in-zip', zips }];
}

interface Besides {
  readonly outside: readonly string[];
  readonly beside: readonly string[];
}

/** Forms in which no report is written that can be verified: nobody takes such a file for one that was. */
const document = /\.(docx?|odt|rtf|pages|pdf|pptx?|odp|xlsx?|ods|png|jpe?g|gif|webp|heic)$/i;

/** What lies beside the only bundle. In a folder of a host anything may; in a zip it was handed in with the report. */
function besides({ kind, files }: Container, others: readonly PackedFile[]): Besides {
  const names = others.map(({ file }) => file);
  const free = kind === 'folder' || isDownload(files.map(({ file }) => file));
  return {
    outside: free ? [] : names.filter((name) => !document.test(name)),
    beside: names.filter((name) => free || document.test(name)),
  };
}

function withoutReport(name: string, key: string): FoundReport {
  const folder = name
    .split('/')
    .findIndex((_, index, parts) => submissionOf(parts[index] ?? '')?.key === key);
  const submission = name
    .split('/')
    .slice(0, folder + 1)
    .join('/');
  const open = () =>
    Promise.reject(noReport(submission, 'Nothing in the submission is a report of LVS Lab.'));
  return { name: submission, form: 'bundle', open };
}

function hasSubmissions({ files }: Container): boolean {
  return files.some(({ file }) => submissionOf(file));
}

/** What may be a report by its name, in the order of names. */
function candidates({ others }: Placed): PackedFile[] {
  return others
    .filter(({ file, oddity }) => oddity === undefined && formOf(file) !== undefined)
    .filter(({ file }) => !file.split('/').some((part) => part.startsWith('.')) && !isOfPlatform(file))
    .sort((a, b) => a.file.localeCompare(b.file, 'en', { numeric: true }));
}

function joined(...names: readonly string[]): string {
  return names.filter((name) => name !== '').join('/');
}
