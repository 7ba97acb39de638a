import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** What was done to bake an image, for a person to read. */
export interface BakeLog extends AsyncDisposable {
  readonly file: string;
  /** Something begins or has happened, with the time. */
  say(words: string): void;
  /** What something printed, or was told: indented, as it comes. */
  quote(text: string | Buffer): void;
}

/** Begins a log; one of an earlier bake is written over. */
export function openBakeLog(file: string): BakeLog {
  const stream = createWriteStream(file, { mode: 0o600 });
  // A log that cannot be written is no reason to stop: it is missed when it is looked for.
  const done = finished(stream).catch(() => undefined);
  let lineBegun = false;
  const endLine = () => {
    if (lineBegun) stream.write('\n');
    lineBegun = false;
  };
  return {
    file,
    say: (words) => {
      endLine();
      stream.write(`${new Date().toISOString().slice(0, 19)}Z ${words}\n`);
    },
    quote: (text) => {
      const whole = String(text).replaceAll(/\r\n?/g, '\n');
      const indented = whole.replaceAll(/\n(?!$)/g, '\n    ');
      stream.write(lineBegun ? indented : `    ${indented}`);
      lineBegun = !whole.endsWith('\n');
    },
    [Symbol.asyncDispose]: async () => {
      endLine();
      stream.end();
      await done;
    },
  };
}
