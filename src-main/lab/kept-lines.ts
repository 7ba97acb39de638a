import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';

/** Writes JSON lines to a file as they come. */
export interface LineKeeper {
  readonly write: (line: unknown) => void;
  /** @returns whether the file holds all of them. */
  close(): Promise<boolean>;
}

/** The file is made with the first line, and must not be there before. */
export function keepLines(file: string): LineKeeper {
  let stream: WriteStream | undefined;
  let failed = false;
  return {
    write(line) {
      if (!stream) {
        stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
        stream.on('error', () => (failed = true));
      }
      stream.write(`${JSON.stringify(line)}\n`);
    },
    async close() {
      if (!stream) return true;
      stream.end();
      await finished(stream).catch(() => undefined);
      return !failed;
    },
  };
}

/** Its lines, one after the other; none where there is no such file. */
export async function* linesOf(file: string, signal?: AbortSignal): AsyncGenerator<string, void, undefined> {
  const input = createReadStream(file);
  const lines = createInterface({ input, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      if (signal?.aborted) return;
      yield line;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    lines.close();
    input.destroy();
  }
}

/** A line's value; undefined where it is no JSON, as one that was cut short. */
export function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
