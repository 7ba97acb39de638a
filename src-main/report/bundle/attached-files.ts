import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Attachment, Report } from '../model/report.ts';
import type { ReportSource } from '../report-source.ts';
import { captureFile, directorFile, evidenceFile, samplesFile } from './layout.ts';
import { samplesToCsv } from './samples-csv.ts';

/** A file of a bundle whose content is made as it is read; reading it again gives the same. */
export interface BundleFile {
  /** In the bundle, with slashes. */
  readonly file: string;
  readonly read: () => AsyncIterable<Uint8Array | string>;
}

/** Loads and observations, by their numbers in the lab's journal. */
export interface Measured {
  readonly runs: readonly number[];
  readonly observations: readonly number[];
}

/** What a report's figures are computed from, those of its comparisons included. */
export function measuredIn({
  runs,
  observations,
  comparisons,
}: Pick<Report, 'runs' | 'observations' | 'comparisons'>): Measured {
  const parts = comparisons.flatMap(({ madeOf }) => madeOf);
  return {
    runs: unique([...runs.map(({ entry }) => entry), ...parts.flatMap((part) => part.runs)]),
    observations: unique([
      ...observations.map(({ entry }) => entry),
      ...parts.flatMap(({ observation }) => (observation === null ? [] : [observation])),
    ]),
  };
}

function unique(entries: readonly number[]): number[] {
  return [...new Set(entries)].sort((a, b) => a - b);
}

/** The files that a bundle has for them: of what was kept. */
export async function attachedFiles(source: ReportSource, measured: Measured): Promise<BundleFile[]> {
  const kept = new Map(source.entries.map(({ id, samples }) => [id, samples]));
  const runs = measured.runs
    .filter((entry) => kept.get(entry))
    .map((entry) => ({ file: samplesFile(entry), read: () => samplesToCsv(source.samples(entry)) }));
  const logs = await Promise.all(measured.runs.map((entry) => logOf(source, entry)));
  const observations = await Promise.all(measured.observations.map((entry) => filesOf(source, entry)));
  return [...runs, ...logs.flat(), ...observations.flat()];
}

async function logOf(source: ReportSource, entry: number): Promise<BundleFile[]> {
  const read = async function* () {
    for await (const line of source.directorLog(entry)) yield `${line}\n`;
  };
  const { done } = await read().next();
  return done ? [] : [{ file: directorFile(entry), read }];
}

async function filesOf(source: ReportSource, entry: number): Promise<BundleFile[]> {
  const [capture, evidence] = await Promise.all([source.capture(entry), source.evidence(entry)]);
  return [
    ...(capture === undefined ? [] : [{ file: captureFile(entry), read: () => createReadStream(capture) }]),
    ...(evidence ? [textFile(evidenceFile(entry), `${JSON.stringify(evidence, null, 1)}\n`)] : []),
  ];
}

export function textFile(file: string, text: string): BundleFile {
  return {
    file,
    async *read() {
      yield text;
    },
  };
}

/** Each with its size and hash, as a report lists them. */
export async function listAttachments(source: ReportSource, measured: Measured): Promise<Attachment[]> {
  const attachments: Attachment[] = [];
  for (const { file, read } of await attachedFiles(source, measured)) {
    const pieces = hashed(file, read(), (done) => attachments.push(done));
    while (!(await pieces.next()).done);
  }
  return attachments;
}

/** Passes the pieces on, and tells at their end what they came to. */
export async function* hashed(
  file: string,
  pieces: AsyncIterable<Uint8Array | string>,
  onDone: (attachment: Attachment) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    const data = typeof piece === 'string' ? Buffer.from(piece) : piece;
    hash.update(data);
    bytes += data.length;
    yield data;
  }
  onDone({ file, bytes, sha256: hash.digest('hex') });
}
