import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { noSamples, type SampleColumns } from '../../contract/journal.ts';
import { LabError } from '../../contract/lab-error.ts';

const header = [
  ...['request', 'arrived_ms', 'total_ms', 'server', 'page', 'handed_to', 'failure', 'source', 'source_port'],
];

/** Samples that are handed over at once when they are read again. */
const atOnce = 2000;

/**
 * Samples as CSV (RFC 4180, with LF): a line for each request, in the order in which they ended. A field is empty where
 * there is nothing to tell. Numbers are as JSON writes them, so that none is rounded.
 */
export async function* samplesToCsv(samples: AsyncIterable<SampleColumns>): AsyncGenerator<string> {
  yield `${header.join()}\n`;
  for await (const { number, arrivedMs, totalMs, sourcePort, ...columns } of samples) {
    const { server, page, handedTo, failure, source } = columns;
    const lines = number.map((each, at) => {
      const words = [server, page, handedTo, failure, source].map((column) => field(column[at])).join();
      return `${each},${arrivedMs[at] ?? ''},${totalMs[at] ?? ''},${words},${sourcePort[at] ?? ''}\n`;
    });
    yield lines.join('');
  }
}

/** Of one word; by hand, since csv-stringify takes five times as long, and there may be a million lines. */
function field(word: string | null | undefined): string {
  const safe = harmless(word ?? '');
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Office programs take what begins so for a formula; an apostrophe before it says that it is text. */
function harmless(word: string): string {
  return /^['=+\-@\t\r]/.test(word) ? `'${word}` : word;
}

const rowSchema = z.tuple([
  z.coerce.number().int(),
  z.coerce.number(),
  z.coerce.number(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string().regex(/^\d*$/),
]);

/**
 * Reads them again, some 2,000 at a time.
 * @throws LabError `bad-input` naming the line, where it is no such CSV.
 */
export async function* samplesOfCsv(
  content: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<SampleColumns> {
  let columns = noSamples(0);
  let line = 0;
  for await (const fields of rowsOf(content)) {
    line += 1;
    if (line === 1) {
      if (fields.join() !== header.join()) throw malformed(line, `It begins with ${fields.join()}.`);
      continue;
    }
    addRow(columns, fields, line);
    if (columns.number.length < atOnce) continue;
    yield columns;
    columns = noSamples(columns.from + columns.number.length);
  }
  if (line === 0) throw malformed(1, 'It is empty.');
  if (columns.number.length > 0) yield columns;
}

async function* rowsOf(content: AsyncIterable<Uint8Array | string>): AsyncGenerator<string[]> {
  const parser = parse({ max_record_size: 10_000 });
  // What goes wrong is heard where the rows are read.
  pipeline(Readable.from(content), parser, () => undefined);
  try {
    for await (const row of parser) yield row as string[];
  } catch (error) {
    throw new LabError('bad-input', 'The samples cannot be read.', {
      why: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

function addRow(to: SampleColumns, fields: readonly string[], line: number): void {
  const numbersThere = fields.slice(0, 3).every((field) => field.trim() !== '');
  const { data } = rowSchema.safeParse(fields);
  if (!data || !numbersThere) throw malformed(line, `It is: ${fields.join().slice(0, 200)}`);
  const [number, arrivedMs, totalMs, server, page, handedTo, failure, source, sourcePort] = data;
  to.number.push(number);
  to.arrivedMs.push(arrivedMs);
  to.totalMs.push(totalMs);
  to.server.push(original(server));
  to.page.push(original(page));
  to.handedTo.push(original(handedTo));
  to.failure.push(original(failure));
  to.source.push(original(source));
  to.sourcePort.push(sourcePort === '' ? null : Number(sourcePort));
}

function original(field: string): string | null {
  return field === '' ? null : field.replace(/^'/, '');
}

function malformed(line: number, why: string): LabError {
  return new LabError('bad-input', `Line ${line} of the samples is none that LVS Lab writes.`, { why });
}
