import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { typedLineSchema, type TypedLine } from '../contract/journal.ts';
import { journalFolder } from './journal-files.ts';
import { linesOf, parsedLine } from './kept-lines.ts';

/** The file holds no more; of lines beyond it one entry tells that there were some. */
const mostBytes = 1024 * 1024;
/** Letters of one line. */
const longestLine = 1000;

/** Beside the journal's entries: whoever has a shell open writes to it, while the lab's owner numbers those. */
function typedFile(dataFolder: string, lab: string): string {
  return path.join(journalFolder(dataFolder, lab), 'typed.jsonl');
}

/** Keeps a line that was typed in a shell of the lab. Never rejects: a lab that is gone keeps nothing. */
export async function keepTyped(dataFolder: string, lab: string, typed: TypedLine): Promise<void> {
  try {
    const file = await open(typedFile(dataFolder, lab), 'a+', 0o600);
    try {
      const { size } = await file.stat();
      if (size < mostBytes) await file.appendFile(`${JSON.stringify({ ...typed, line: cut(typed.line) })}\n`);
      else if (!(await isFull(file, size)))
        await file.appendFile(`${JSON.stringify({ ...typed, line: '…', full: true })}\n`);
    } finally {
      await file.close();
    }
  } catch {
    // What is typed goes on all the same.
  }
}

function cut(line: string): string {
  const letters = Array.from(line.replaceAll(controls, ' '));
  return (letters.length > longestLine ? [...letters.slice(0, longestLine), '…'] : letters).join('');
}

/** Whether its last entry tells that there were more: no line that was typed ends so. */
async function isFull(file: FileHandle, size: number): Promise<boolean> {
  const end = Buffer.from(',"full":true}\n');
  const { buffer } = await file.read(Buffer.alloc(end.length), 0, end.length, size - end.length);
  return buffer.equals(end);
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
