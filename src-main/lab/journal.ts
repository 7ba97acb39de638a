import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { journalEntrySchema, type JournalEntry, type SampleColumns } from '../contract/journal.ts';
import type { ControlRequest } from '../contract/lab-control.ts';
import { LabError, toErrorInfo, type ErrorInfo } from '../contract/lab-error.ts';
import { keepSamples, readKeptSamples } from './kept-samples.ts';
import type { WorkOptions } from './lab-context.ts';
import { labFolder } from './lab-record.ts';
import type { OwnedLab } from './owned-lab.ts';

/** What an entry's file holds. Another revision is another version's, and not read. */
const fileSchema = z.object({ revision: z.literal(1), entry: journalEntrySchema });

/**
 * Carries a verb out and keeps in the lab's journal what came of it, its failure or that it was cancelled too. A load's
 * samples are kept beside it, as many as there were. A journal that cannot be written changes nothing for the verb.
 */
export async function keepInJournal(
  lab: OwnedLab,
  request: ControlRequest,
  work: WorkOptions,
  act: (work: WorkOptions) => Promise<unknown>,
): Promise<unknown> {
  const { name, mode } = lab.record.plan;
  const folder = journalFolder(lab.context.dataFolder, name);
  const id = await claimId(lab, folder);
  const samples = keepSamples(samplesFile(folder, id));
  const [at, began] = [new Date().toISOString(), performance.now()];
  const keep = async (outcome: Pick<JournalEntry, 'result' | 'error'>) => {
    const milliseconds = performance.now() - began;
    const count = await samples.close();
    const { verb } = request;
    await writeEntry(folder, { id, at, milliseconds, mode, verb, request, ...outcome, samples: count });
  };
  try {
    const result = await act(request.verb === 'load' ? withSamples(work, samples.add) : work);
    await keep({ result: result ?? null, error: null });
    return result;
  } catch (thrown) {
    await keep({ result: null, error: errorOf(thrown, work.signal) });
    throw thrown;
  }
}

/** Ids that were given to verbs under way, which have no entry yet. */
const claimed = new WeakMap<OwnedLab, number>();

async function claimId(lab: OwnedLab, folder: string): Promise<number> {
  const free = await nextId(folder);
  // Asked after the wait: another verb may have claimed one meanwhile.
  const id = Math.max(free, (claimed.get(lab) ?? 0) + 1);
  claimed.set(lab, id);
  return id;
}

/** Keeps that a lab was started: to be called once it is ready, by who started it. */
export async function journalStart(
  { context: { dataFolder }, record: { plan, createdAt } }: OwnedLab,
  milliseconds: number,
): Promise<void> {
  const folder = journalFolder(dataFolder, plan.name);
  const { template, mode, options, service } = plan;
  const request = { verb: 'start', template, mode, scheduler: service.scheduler, options };
  const outcome = { result: null, error: null, samples: 0 };
  const id = await nextId(folder);
  await writeEntry(folder, { id, at: createdAt, milliseconds, mode, verb: 'start', request, ...outcome });
}

/** What was done with a lab, oldest first; nothing where there is no such lab. What cannot be read is left out. */
export async function readJournal(dataFolder: string, lab: string): Promise<JournalEntry[]> {
  const folder = journalFolder(dataFolder, lab);
  const entries = await Promise.all((await idsIn(folder)).map((id) => readEntry(folder, id)));
  return entries.filter((entry) => entry !== undefined);
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
  await readKeptSamples(samplesFile(folder, entry), onColumns, signal);
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
  return ((await idsIn(folder)).at(-1) ?? 0) + 1;
}

/** Never rejects. */
async function writeEntry(folder: string, entry: JournalEntry): Promise<void> {
  const content = JSON.stringify({ revision: 1, entry } satisfies z.infer<typeof fileSchema>);
  await writeFileAtomic(entryFile(folder, entry.id), content, { mode: 0o600 }).catch(() => undefined);
}

async function readEntry(folder: string, id: number): Promise<JournalEntry | undefined> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(entryFile(folder, id), 'utf8'))).entry;
  } catch {
    return undefined;
  }
}

/** Every id that a file of the folder is named after, in order. */
async function idsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  const ids = names.flatMap((name) => /^([1-9]\d*)\.(?:json|samples\.jsonl)$/.exec(name)?.[1] ?? []);
  return [...new Set(ids.map(Number))].sort((a, b) => a - b);
}

function journalFolder(dataFolder: string, lab: string): string {
  return path.join(labFolder(dataFolder, lab), 'journal');
}

function entryFile(folder: string, id: number): string {
  return path.join(folder, `${id}.json`);
}

function samplesFile(folder: string, id: number): string {
  return path.join(folder, `${id}.samples.jsonl`);
}
