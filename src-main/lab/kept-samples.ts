import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { sampleColumnsSchema, type SampleColumns } from '../contract/journal.ts';

/** Samples in one line of the file: some 100 KB, so that neither end holds much at once. */
const perLine = 2000;

/** Keeps the samples of a load in a file while they come: columns as JSON, a line for every 2,000 samples. */
export interface SampleKeeper {
  readonly add: (columns: SampleColumns) => void;
  /** @returns how many the file holds: none when it could not be written. */
  close(): Promise<number>;
}

/** The file is made with the first sample. */
export function keepSamples(file: string): SampleKeeper {
  let waiting: SampleColumns = noSamples(0);
  let stream: WriteStream | undefined;
  let failed = false;
  const write = () => {
    if (!stream) {
      stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
      stream.on('error', () => (failed = true));
    }
    stream.write(`${JSON.stringify(waiting)}\n`);
    waiting = noSamples(waiting.from + waiting.number.length);
  };
  return {
    add: (columns) => {
      append(waiting, columns);
      if (waiting.number.length >= perLine) write();
    },
    async close() {
      if (waiting.number.length > 0) write();
      if (!stream) return 0;
      stream.end();
      await finished(stream).catch(() => undefined);
      return failed ? 0 : waiting.from;
    },
  };
}

function noSamples(from: number): SampleColumns {
  return { from, number: [], arrivedMs: [], totalMs: [], server: [], failure: [], source: [] };
}

function append(to: SampleColumns, more: SampleColumns): void {
  for (const name of ['number', 'arrivedMs', 'totalMs'] as const) {
    for (const value of more[name]) to[name].push(value);
  }
  for (const name of ['server', 'failure', 'source'] as const) {
    for (const value of more[name]) to[name].push(value);
  }
}

/**
 * Reads them again, some 2,000 at a time, until all are read or the signal ends it. A line that is no columns, as one
 * that was cut short, is passed over; no file is no samples.
 */
export async function* keptSamples(
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<SampleColumns, void, undefined> {
  const input = createReadStream(file);
  const lines = createInterface({ input, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      if (signal?.aborted) return;
      const { data } = sampleColumnsSchema.safeParse(parsed(line));
      if (data) yield data;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    lines.close();
    input.destroy();
  }
}

/** Undefined where it is no JSON. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
