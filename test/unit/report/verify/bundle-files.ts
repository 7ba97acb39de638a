import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { reportParts, type ReportLanguage } from '../../../../src-main/contract/report.ts';
import { buildReport } from '../../../../src-main/report/build/build-report.ts';
import { bundleFiles } from '../../../../src-main/report/bundle/layout.ts';
import { readBundle } from '../../../../src-main/report/bundle/read-bundle.ts';
import { readmeText } from '../../../../src-main/report/bundle/readme-text.ts';
import { writeBundle } from '../../../../src-main/report/bundle/write-bundle.ts';
import type { Report } from '../../../../src-main/report/model/report.ts';
import { reportJson } from '../../../../src-main/report/model/report-json.ts';
import { renderHtml } from '../../../../src-main/report/render/render-html.ts';
import { renderMarkdown } from '../../../../src-main/report/render/render-markdown.ts';
import { handmadeNow, handmadeSource } from '../../../support/report-source.ts';

/** The files of a bundle by name, in its order. */
export type Files = Map<string, Buffer>;

/** The version that handmade reports are written by. */
export const version = '1.0.0';

/** Writes the handmade lab's bundle; with the steps of two set-ups alone, since these are most of it. */
export async function writeHandmadeBundle(
  file: string,
  language: ReportLanguage = 'en',
  only?: number,
): Promise<void> {
  const whole = await handmadeSource();
  const setUp = async (entry: number) => (only || entry <= 14 ? whole.setUp(entry) : undefined);
  const source = { ...whole, setUp };
  const report = await buildReport(source, { language, parts: [...reportParts], only }, handmadeNow);
  await writeBundle(report, source, file, { force: true });
}

export async function filesOf(zip: string): Promise<Files> {
  await using bundle = await readBundle(zip);
  const files: Files = new Map();
  for (const { file } of bundle.files) files.set(file, await bundle.read(file));
  return files;
}

/** Packs files into a zip; as yazl packs them, not in the way of a bundle. */
export async function pack(entries: Iterable<readonly [string, Buffer]>, to: string): Promise<void> {
  const zip = new ZipFile();
  for (const [file, content] of entries) zip.addBuffer(content, file, { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(to));
}

export function hashOf(content: Buffer): { bytes: number; sha256: string } {
  return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** As a forger does who knows of the manifest: it fits the files again. */
export function seal(files: Files): void {
  const { manifest } = bundleFiles;
  const listed = [...files].filter(([file]) => file !== manifest);
  const list = listed.map(([file, content]) => ({ file, ...hashOf(content) }));
  const value = { format: 'lvslab-bundle', version: 1, files: list };
  files.set(manifest, Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
}

export function modelOf(files: Files): Report {
  return JSON.parse(text(files, bundleFiles.json)) as Report;
}

/** As a forger does who knows the program: the model lists the files as they are, and every form is written from it. */
export function rewrite(files: Files, report: Report = modelOf(files)): void {
  const attachments = report.attachments.flatMap(({ file }) => {
    const content = files.get(file);
    return content ? [{ file, ...hashOf(content) }] : [];
  });
  const forged = { ...report, attachments };
  files.set(bundleFiles.json, Buffer.from(reportJson(forged)));
  files.set(bundleFiles.html, Buffer.from(renderHtml(forged)));
  files.set(bundleFiles.markdown, Buffer.from(renderMarkdown(forged)));
  files.set(bundleFiles.readme, Buffer.from(readmeText(forged)));
  seal(files);
}

export function text(files: Files, file: string): string {
  const content = files.get(file);
  if (!content) throw new Error(`There is no ${file}.`);
  return content.toString('utf8');
}

/** Changes a text file, which must change by it. */
export function edit(file: string, change: (text: string) => string): (files: Files) => void {
  return (files) => {
    const before = text(files, file);
    const after = change(before);
    if (after === before) throw new Error(`Nothing was changed in ${file}.`);
    files.set(file, Buffer.from(after));
  };
}

/** Changes the model, and every form that is written from it. */
export function forge(change: (report: Report) => void): (files: Files) => void {
  return (files) => {
    const report = modelOf(files);
    const before = JSON.stringify(report);
    change(report);
    if (JSON.stringify(report) === before) throw new Error('Nothing was changed in the model.');
    rewrite(files, report);
  };
}
