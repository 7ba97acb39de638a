import { mkdir, readdir, readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { journalEntrySchema, type JournalEntry, type SampleColumns } from '../contract/journal.ts';
import { LabError, toErrorInfo, type ErrorInfo } from '../contract/lab-error.ts';
import { throwIfForbidden } from '../process/file-errors.ts';
import { writeAttachment, type Attachment } from './attachments.ts';
import { entryOfFile, journalFile, journalFolder } from './journal-files.ts';
import { keepLines } from './kept-lines.ts';
import { keepSamples, keptSamples } from './kept-samples.ts';
import type { WorkOptions } from './lab-context.ts';
import type { OwnedLab } from './owned-lab.ts';

/** What an entry's file holds. Another revision is another version's, and not read. */
const fileSchema = z.object({ revision: z.literal(1), entry: journalEntrySchema });

/** A verb with its arguments, as the journal keeps it. */
interface Request extends Readonly<Record<string, unknown>> {
  readonly verb: string;
}

/**
 * Carries a verb out and keeps in the lab's journal what came of it, its failure or that it was cancelled too. Beside it
 * are kept a load's samples, as many as there were, and what the verb hands over by `keep`, once it is done. A journal
 * that cannot be written changes nothing for the verb.
 * @param toResult What is kept of the verb's result, where that is not the result itself.
 * @returns Its result, and the entry's number.
 */
export async function keepInJournal<T>(
  lab: OwnedLab,
  request: Request,
  work: WorkOptions,
  act: (work: WorkOptions) => Promise<T>,
  toResult: (result: T) => unknown = (result) => result,
): Promise<{ result: T; entry: number }> {
  const { name, mode } = lab.record.plan;
  const folder = journalFolder(lab.context.dataFolder, name);
  const id = await claimId(lab, folder);
  const samples = keepSamples(journalFile(folder, id, 'samples'));
  const director = keepLines(journalFile(folder, id, 'director'));
  const attachments: Attachment[] = [];
  const [at, began] = [new Date().toISOString(), performance.now()];
  const keep = async (outcome: Pick<JournalEntry, 'result' | 'error'>) => {
    const milliseconds = performance.now() - began;
    for (const attachment of attachments) await writeAttachment(folder, id, attachment);
    const count = await samples.close();
    await director.close();
    const { verb } = request;
    await writeEntry(folder, { id, at, milliseconds, mode, verb, request, ...outcome, samples: count });
  };
  try {
    const kept = {
      ...work,
      journalEntry: id,
      keep: (attachment: Attachment) => void attachments.push(attachment),
      keepDirectorLog: director.write,
    };
    const result = await act(request.verb === 'load' ? withSamples(kept, samples.add) : kept);
    await keep({ result: toResult(result) ?? null, error: null });
    return { result, entry: id };
  } catch (thrown) {
    await keep({ result: null, error: errorOf(thrown, work.signal) });
    throw thrown;
  }
}

/** The id that was given last, whose verb may be under way and have no entry yet. */
const claimed = new WeakMap<OwnedLab, Promise<number>>();

/** In the order of asking, however long reading the folder takes. Never rejects. */
function claimId(lab: OwnedLab, folder: string): Promise<number> {
  const before = claimed.get(lab) ?? Promise.resolve(0);
  const id = before.then(async (last) => Math.max(await nextId(folder), last + 1));
  claimed.set(lab, id);
  return id;
}

/** Keeps that a lab was started: to be called once it is ready, by who started it. */
export async function journalStart(
  lab: OwnedLab,
  milliseconds: number,
  attachments: readonly Attachment[],
): Promise<void> {
  const { plan, createdAt } = lab.record;
  const { template, mode, options, service } = plan;
  const request = { verb: 'start', template, mode, scheduler: service.scheduler, options };
  await addToJournal(lab, { at: createdAt, milliseconds, mode, request, result: null }, attachments);
}

/** Keeps something that was done already, and went well. */
export async function addToJournal(
  lab: OwnedLab,
  { request, ...done }: Pick<JournalEntry, 'at' | 'milliseconds' | 'mode' | 'result'> & { request: Request },
  attachments: readonly Attachment[] = [],
): Promise<void> {
  const folder = journalFolder(lab.context.dataFolder, lab.record.plan.name);
  const id = await claimId(lab, folder);
  for (const attachment of attachments) await writeAttachment(folder, id, attachment);
  await writeEntry(folder, { id, ...done, verb: request.verb, request, error: null, samples: 0 });
}

/**
 * What was done with a lab, oldest first; nothing where there is no such lab. What cannot be read is left out.
 * @param cut Takes out of an entry's JSON what is not wanted of it, before it is parsed.
 */
export async function readJournal(
  dataFolder: string,
  lab: string,
  cut?: (json: Buffer) => Buffer,
): Promise<JournalEntry[]> {
  const folder = journalFolder(dataFolder, lab);
  const entries: JournalEntry[] = [];
  for (const id of await idsIn(folder)) {
    // One after the other: that of a long observation takes megabytes.
    const entry = await readEntry(folder, id, cut);
    if (entry) entries.push(entry);
  }
  return entries;
}

/**
 * The samples that are kept of a load, some 2,000 at a time, until all are read or the signal ends it.
 * @param entry Its id in the journal. One without samples has none to hand over.
 * @throws LabError `not-found` where the journal has no such entry.
 */
export async function readSamples(
  dataFolder: string,
  lab: string,
  entry: number,
  onColumns: (columns: SampleColumns) => void,
  signal?: AbortSignal,
): Promise<void> {
  const folder = journalFolder(dataFolder, lab);
  if (!(await readEntry(folder, entry))) {
    throw new LabError('not-found', `The journal of the lab '${lab}' has no entry ${entry}.`);
  }
  for await (const columns of keptSamples(journalFile(folder, entry, 'samples'), signal)) onColumns(columns);
}

function withSamples(work: WorkOptions, add: (columns: SampleColumns) => void): WorkOptions {
  return {
    ...work,
    onEvent: (event) => {
      // What a load hands over, by lab-control.ts.
      add(event as SampleColumns);
      work.onEvent?.(event);
    },
  };
}

function errorOf(thrown: unknown, signal: AbortSignal): ErrorInfo {
  const cancelled = signal.aborted && !(thrown instanceof LabError);
  return cancelled ? { code: 'cancelled', message: 'Cancelled.' } : toErrorInfo(thrown);
}

/** Beyond all that are there, broken ones and samples without an entry included. Makes the folder; never rejects. */
async function nextId(folder: string): Promise<number> {
  // Not with the folders above it: a lab that was removed meanwhile stays so.
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  return ((await idsIn(folder).catch(() => [])).at(-1) ?? 0) + 1;
}

/** Never rejects. */
async function writeEntry(folder: string, entry: JournalEntry): Promise<void> {
  const content = JSON.stringify({ revision: 1, entry } satisfies z.infer<typeof fileSchema>);
  await writeFileAtomic(journalFile(folder, entry.id, 'entry'), content, { mode: 0o600 }).catch(
    () => undefined,
  );
}

/** An entry; undefined where there is none that can be read. */
export async function readEntry(
  folder: string,
  id: number,
  cut: (json: Buffer) => Buffer = (json) => json,
): Promise<JournalEntry | undefined> {
  try {
    const json = cut(await readFile(journalFile(folder, id, 'entry')));
    return fileSchema.parse(JSON.parse(json.toString())).entry;
  } catch (error) {
    throwIfForbidden(error, `Entry ${id} of the journal in ${folder}`);
    return undefined;
  }
}

/** Every id that a file of the folder is named after, in order. */
export async function idsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throwIfForbidden(error, `The journal in ${folder}`);
    return [];
  });
  const ids = names.flatMap((name) => entryOfFile(name)?.id ?? []);
  return [...new Set(ids)].sort((a, b) => a - b);
}
