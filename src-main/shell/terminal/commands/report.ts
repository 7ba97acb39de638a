import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { LabError } from '../../../contract/lab-error.ts';
import {
  paperSchema,
  reportDetailsSchema,
  reportFormats,
  reportLanguages,
  reportParts,
  reportPartSchema,
  type Paper,
  type ReportDetails,
  type ReportFormat,
  type ReportLanguage,
  type ReportPart,
} from '../../../contract/report.ts';
import { reportSource } from '../../../lab/report/report-source.ts';
import { printPage } from '../../../process/print-page.ts';
import { writeReport } from '../../../report/write-report.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { endings, formatOf } from '../report-file.ts';
import { addReportChecks } from './report-checks.ts';

interface ReportFlags {
  readonly format?: ReportFormat;
  readonly output?: string;
  readonly language: ReportLanguage;
  readonly title?: string;
  readonly author?: string;
  readonly notes?: string;
  readonly parts: ReportPart[];
  readonly paper: Paper;
  readonly force?: boolean;
}

export function addReport(program: Command): void {
  const parent = program
    .command('report')
    .description(
      'write what was done with a lab, and what came of it, as one document; check such documents',
    );
  parent
    .command('write', { isDefault: true })
    .description("write a report ('lvslab report LAB' does the same)")
    .argument('<lab>', "a lab, or one thing that was done with it: LAB/NUMBER, by the lab's journal")
    .addOption(
      new Option('--format <format>', "in which form (default: by the file's name, else html)").choices(
        reportFormats,
      ),
    )
    .option('-o, --output <file>', 'where it is written (default: LAB-report.html, or as the form has it)')
    .addOption(new Option('--language <language>', 'of the report').choices(reportLanguages).default('en'))
    .option('--title <words>', "instead of the lab's name, or the title that was saved with it")
    .option('--author <name>', 'who hands it in')
    .option('--notes <file>', 'what you have to say about it, as Markdown')
    .addOption(
      new Option('--parts <list>', `which, of ${reportParts.join(',')}`)
        .argParser(partsOf)
        .default([...reportParts], 'all'),
    )
    .addOption(new Option('--paper <paper>', 'of a PDF').choices(paperSchema.options).default('A4'))
    .option('--force', 'replace the file if it is there')
    .addOption(jsonOption())
    .action(act(write));
  addReportChecks(parent);
}

async function write({ context, output, work }: Act, flags: ReportFlags, target = ''): Promise<undefined> {
  const { lab, only } = targetOf(target);
  const { language, parts, paper, force = false } = flags;
  const format = flags.format ?? (flags.output === undefined ? 'html' : formatOf(flags.output));
  const file = flags.output ?? `${lab}${only === undefined ? '' : `-${only}`}-report${endings[format]}`;
  const source = await reportSource(context, lab);
  const details = await detailsOf(source.details, flags);
  await writeReport(
    { ...source, details },
    { format, file, language, parts, only, paper, force },
    { print: printPage, signal: work.signal },
  );
  output.emit({ report: file, format });
  output.print(`Written to ${file}.`);
  return undefined;
}

/** @throws LabError `bad-input` */
function targetOf(target: string): { lab: string; only: number | undefined } {
  const [lab = '', entry, ...rest] = target.split('/');
  if (entry === undefined) return { lab, only: undefined };
  if (/^[1-9]\d*$/.test(entry) && rest.length === 0) return { lab, only: Number(entry) };
  throw new LabError('bad-input', `'${target}' names nothing that was done with a lab.`, {
    remedy: "Name the lab, or one thing of its journal by its number: 'lvslab report web/3'.",
  });
}

/** What was saved with the lab, but for what is said now. @throws LabError `bad-input` */
async function detailsOf(
  saved: ReportDetails,
  { title, author, notes: file }: ReportFlags,
): Promise<ReportDetails> {
  const { data, error } = reportDetailsSchema.safeParse({
    title: title ?? saved.title,
    author: author ?? saved.author,
    notes: file === undefined ? saved.notes : await readNotes(file),
  });
  if (data) return data;
  throw new LabError('bad-input', 'That is too long for a report.', {
    why: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    remedy: 'A title and a name may have 200 characters, notes 100,000.',
  });
}

async function readNotes(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new LabError('bad-input', `The notes cannot be read from ${file}.`, {
      why: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

function partsOf(list: string): ReportPart[] {
  return list.split(',').map((name) => {
    const { data } = reportPartSchema.safeParse(name.trim());
    if (data) return data;
    throw new InvalidArgumentError(`'${name}' is none of: ${reportParts.join(', ')}.`);
  });
}
