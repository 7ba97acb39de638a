import { renderHtml } from '../render/render-html.ts';
import { renderMarkdown } from '../render/render-markdown.ts';
import { reportJson, reportJsonSchema } from '../model/report-json.ts';
import type { Report } from '../model/report.ts';
import type { ReportSource } from '../report-source.ts';
import { LabError } from '../../contract/lab-error.ts';
import { attachedFiles, measuredIn, textFile, type BundleFile } from './attached-files.ts';
import { bundleFiles, scriptFile, type Manifest } from './layout.ts';
import { readmeText } from './readme-text.ts';
import { writeWhole } from './whole-file.ts';
import { writeZip } from './write-zip.ts';

export interface WriteOptions {
  /** Whether a file that is there is replaced. */
  readonly force: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a report with all that its figures are computed from into a zip, whole or not at all.
 * @throws LabError as `writeWhole`; `lab-busy` where the lab's samples or captures are no more what the report was made of.
 */
export async function writeBundle(
  report: Report,
  source: ReportSource,
  file: string,
  { force, signal }: WriteOptions,
): Promise<void> {
  const files = [
    ...writtenForms(report),
    ...(await attachedFiles(source, measuredIn(report))),
    ...(await scripts(report, source)),
  ];
  await writeWhole(file, { force, signal }, async (temporary) => {
    const manifest = await writeZip(temporary, files, { at: new Date(report.writtenAt), signal });
    demandSame(report, manifest);
  });
}

function writtenForms(report: Report): BundleFile[] {
  return [
    textFile(bundleFiles.readme, readmeText(report)),
    textFile(bundleFiles.html, renderHtml(report)),
    textFile(bundleFiles.markdown, renderMarkdown(report)),
    textFile(bundleFiles.json, reportJson(report)),
    textFile(bundleFiles.schema, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`),
  ];
}

/** Of every mode that the report tells of. */
async function scripts({ setUps, lab }: Report, source: ReportSource): Promise<BundleFile[]> {
  const modes = [...new Set([...setUps.map(({ layout }) => layout.mode), lab.layout.mode])];
  const byMode = await Promise.all(
    modes.map(async (mode) => {
      const files = await source.scripts(mode);
      return files.map(({ name, content }) => textFile(scriptFile(mode, name), content));
    }),
  );
  return byMode.flat();
}

/** The report lists what it was computed from before the bundle is written. */
function demandSame({ attachments }: Report, { files }: Manifest): void {
  const written = new Map(files.map(({ file, sha256 }) => [file, sha256]));
  const other = attachments.filter(({ file, sha256 }) => written.get(file) !== sha256);
  if (other.length === 0) return;
  throw new LabError('lab-busy', 'The lab changed while its report was written.', {
    why: `These are not any more what the report was computed from: ${other.map(({ file }) => file).join(', ')}.`,
    remedy: 'Write the report again.',
  });
}
