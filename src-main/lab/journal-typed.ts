import { appendFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { typedLineSchema, type TypedLine } from '../contract/journal.ts';
import { journalFolder } from './journal-files.ts';
import { linesOf, parsedLine } from './kept-lines.ts';

/** The file holds no more; lines beyond it are not kept. */
const mostBytes = 1024 * 1024;
/** Letters of one line. */
const longestLine = 1000;

/** Beside the journal's entries: whoever has a shell open writes to it, while the lab's owner numbers those. */
function typedFile(dataFolder: string, lab: string): string {
  return path.join(journalFolder(dataFolder, lab), 'typed.jsonl');
}

/** Keeps a line that was typed in a shell of the lab. Never rejects: a lab that is gone keeps nothing. */
export async function keepTyped(dataFolder: string, lab: string, typed: TypedLine): Promise<void> {
  const file = typedFile(dataFolder, lab);
  const line = Array.from(typed.line.replaceAll(controls, ' '));
  const cut = line.length > longestLine ? [...line.slice(0, longestLine), '…'] : line;
  try {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size >= mostBytes) return;
    await appendFile(file, `${JSON.stringify({ ...typed, line: cut.join('') })}\n`, { mode: 0o600 });
  } catch {
    // What is typed goes on all the same.
  }
}

/** All but the end of a line and a tabulator. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** What was typed in the lab's shells, in the order of its times; what cannot be read is left out. */
export async function readTyped(dataFolder: string, lab: string): Promise<TypedLine[]> {
  const lines: TypedLine[] = [];
  for await (const line of linesOf(typedFile(dataFolder, lab))) {
    const { data } = typedLineSchema.safeParse(parsedLine(line));
    if (data) lines.push(data);
  }
  return lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
