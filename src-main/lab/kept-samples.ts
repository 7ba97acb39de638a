import { appendSamples, noSamples, sampleColumnsSchema, type SampleColumns } from '../contract/journal.ts';
import { keepLines, linesOf, parsedLine } from './kept-lines.ts';

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
  const lines = keepLines(file);
  let waiting = noSamples(0);
  const write = () => {
    lines.write(waiting);
    waiting = noSamples(waiting.from + waiting.number.length);
  };
  return {
    add: (columns) => {
      appendSamples(waiting, columns);
      if (waiting.number.length >= perLine) write();
    },
    async close() {
      if (waiting.number.length > 0) write();
      return (await lines.close()) ? waiting.from : 0;
    },
  };
}

/**
 * Reads them again, some 2,000 at a time, until all are read or the signal ends it. A line that is no columns, as one
 * that was cut short, is passed over; no file is no samples.
 */
export async function* keptSamples(
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<SampleColumns, void, undefined> {
  for await (const line of linesOf(file, signal)) {
    const { data } = sampleColumnsSchema.safeParse(parsedLine(line));
    if (data) yield data;
  }
}
